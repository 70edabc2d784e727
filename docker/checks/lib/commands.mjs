// What containers run.
import { isSetting, optionsOf, settings, sourceOf, exists } from './project.mjs';

const JOB = 'io.medallion.job.MedallionJob';

/** The value after a flag, or the flag's own if it is the last. */
const names = (args) => args.filter((arg) => /^--[a-z]/.test(arg));

/** Problems of the job's arguments: unknown settings, settings files that are not in flink-conf. */
export function jobArgumentProblems(args) {
  const known = settings();
  return names(args).flatMap((name, index) => {
    const key = name.slice(2);
    if (key === 'conf') {
      const file = args.filter((_, i) => args[i - 1] === '--conf')[names(args).slice(0, index).filter((n) => n === '--conf').length];
      const local = file.replace('/opt/medallion/conf/', '');
      return file.startsWith('/opt/medallion/conf/') && exists('flink-conf', local) ? [] : [`${file} is not in flink-conf`];
    }
    return isSetting(key, known) ? [] : [`unknown setting ${key}`];
  });
}

/** Problems of a command line that names one of our main classes, if it does. */
export function commandProblems(command) {
  const words = command.flatMap((word) => word.split(/\s+/)).filter(Boolean);
  const at = words.findIndex((word) => word.startsWith('io.medallion.'));
  if (at < 0) {
    return [];
  }
  const main = words[at];
  const args = words.slice(at + 1);
  const module = main.split('.')[2];
  if (module === 'dashboard' && !exists('dashboard')) {
    return [];
  }
  if (!sourceOf(main)) {
    return [`no class ${main}`];
  }
  if (main === JOB) {
    return jobArgumentProblems(args);
  }
  const options = optionsOf(main);
  return names(args).filter((name) => !options.has(name)).map((name) => `${main} has no option ${name}`);
}

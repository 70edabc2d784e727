// What containers run.
import { commandSource, exists, isSetting, optionsOf, settings } from './project.mjs';

const JOB = 'io.medallion.job.MedallionJob';
const MEDALLION = 'io.medallion.cli.MedallionMain';

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

/** Problems of a container's command line, if it is the job's or one of 'medallion'; that image starts no other program. */
export function commandProblems(command, image) {
  const words = command.flatMap((word) => word.split(/\s+/)).filter(Boolean);
  const main = words.findIndex((word) => word === JOB || word === MEDALLION);
  if (words[main] === JOB) {
    return jobArgumentProblems(words.slice(main + 1));
  }
  // The image's start names the class, and a shell of its own does.
  const [name, ...args] = words.slice(main + 1);
  if (!commandSource(name)) {
    return main < 0 && !/medallion-tools/.test(image) ? [] : [`there is no command ${name}`];
  }
  const options = optionsOf(name);
  return names(args).filter((option) => !options.has(option)).map((option) => `${name} has no option ${option}`);
}

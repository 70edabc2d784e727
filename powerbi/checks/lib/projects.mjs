// The projects that are checked: that of the weather, and those that the tests of powerbi-model make.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { PROJECT, filesBelow, readJson } from './files.mjs';
import { Model } from './model.mjs';

const GENERATED = resolve(process.env.POWERBI_PROJECTS ?? join(PROJECT, '../powerbi-model/target/projects'));

/** A folder with a .pbip file, a model and a report. */
class Project {
  /** @param schema the file that has the columns of the lake, see lakeSchema() */
  constructor(folder, schema) {
    this.folder = folder;
    this.name = basename(readdirSync(folder).find((file) => file.endsWith('.pbip')), '.pbip');
    this.label = folder === PROJECT ? 'powerbi' : `generated ${basename(folder)}`;
    this.modelFolder = join(folder, `${this.name}.SemanticModel`);
    this.reportFolder = join(folder, `${this.name}.Report`);
    this.model = new Model(join(this.modelFolder, 'definition'));
    this.lake = readJson(schema);
    this.gold = Object.keys(this.lake).filter((path) => path.startsWith('gold/'));
  }

  /** The files that Power BI reads, as paths relative to the folder. */
  files() {
    return filesBelow(this.folder).filter((file) => !/^(checks|fabric|synapse)\//.test(file) && file !== 'lake-schema.json');
  }
}

function generated() {
  if (!existsSync(GENERATED)) {
    if (process.env.POWERBI_PROJECTS) {
      throw new Error(`There is no ${GENERATED}, which POWERBI_PROJECTS names: run the tests of powerbi-model`);
    }
    return [];
  }
  return readdirSync(GENERATED)
    .sort()
    .map((name) => join(GENERATED, name))
    .map((folder) => new Project(folder, join(folder, 'lake-schema.json')));
}

export const WEATHER = new Project(PROJECT, join(PROJECT, 'checks/lake-schema.json'));

/** All of them, that of the weather first. Without a build of powerbi-model there is no other. */
export const PROJECTS = [WEATHER, ...generated()];

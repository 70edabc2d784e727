// Custom resource definitions as strict JSON schemas.
import Ajv from 'ajv';

import { schema } from './project.mjs';

/** The API server drops what a structural schema does not name; here it is an error. */
function strict(node) {
  if (Array.isArray(node)) {
    return node.map(strict);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const copy = Object.fromEntries(Object.entries(node)
    .filter(([key]) => key !== 'format')
    .map(([key, value]) => [key, strict(value)]));
  if (copy['x-kubernetes-int-or-string']) {
    return { type: ['integer', 'string'] };
  }
  const closed = copy.type === 'object' && copy.properties
    && copy.additionalProperties === undefined && !copy['x-kubernetes-preserve-unknown-fields'];
  return closed ? { ...copy, additionalProperties: false } : copy;
}

function specOf(file) {
  const [version] = schema(file).spec.versions;
  return version.schema.openAPIV3Schema.properties.spec;
}

const ajv = new Ajv({ strict: false, allErrors: true });

const compile = (node) => {
  const validate = ajv.compile(strict(node));
  return (value) => (validate(value) ? [] : validate.errors.map((error) =>
    `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`));
};

const deployment = specOf('flinkdeployments.flink.apache.org-v1.yml');

/** What is wrong with a spec, one text an error. */
export const specErrors = {
  FlinkDeployment: compile(deployment),
  FlinkSessionJob: compile(specOf('flinksessionjobs.flink.apache.org-v1.yml')),
};

/** The operator's definition has all of a pod template: the strictest schema of pods that is to be had. */
export const podTemplateErrors = compile(deployment.properties.podTemplate);

export const flinkVersions = deployment.properties.flinkVersion.enum;

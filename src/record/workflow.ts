import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { workflowFile } from '../artifact/paths.ts';
import { readYaml } from '../contract/yaml.ts';
import { failure } from '../core/errors.ts';
import { asset } from '../core/locate.ts';
import { readUserText } from '../core/user-file.ts';
import { type Definition, definitionSchema } from './definition.ts';
import { workflowIssues } from './validate.ts';

/** The definition of a workflow, with the instructions and the template of each stage. */
export type Workflow = {
  file: string;
  definition: Definition;
  instructions: Record<string, string>;
  templates: Record<string, string>;
};

/**
 * Reads the workflow of the repository, or the built-in workflow if the repository has no workflow.
 * @throws workflow_invalid: with every issue
 */
export function loadWorkflow(project: string): Workflow {
  const own = workflowFile(project);
  return readWorkflow(existsSync(own) ? own : asset('workflow/perf-gate.yaml'));
}

/** Reads and validates one workflow file. */
export function readWorkflow(file: string): Workflow {
  const { data, errors } = readYaml(readUserText(file));
  if (errors.length > 0) throw failure('workflow_invalid', { file, issues: errors });
  return workflowFrom(file, data);
}

/** Makes a workflow from data: a parsed file, or the record in a run's journal. Looks for the workflow's texts next to `file` first. */
export function workflowFrom(file: string, data: unknown): Workflow {
  const parsed = definitionSchema.safeParse(data);
  if (!parsed.success)
    throw failure('workflow_invalid', {
      file,
      issues: parsed.error.issues.map((i) => `${i.path.join('.') || 'the file'}: ${i.message}`),
    });
  const definition = parsed.data;
  const problems: string[] = [];
  const text = (path: string, stage: string): string => {
    const found = textFile(file, path);
    if (!found)
      problems.push(`stage ${stage}: the file ${path} was not found next to the workflow or among the built-in files`);
    return found ? readFileSync(found, 'utf8') : '';
  };
  const instructions = mapStages(definition, (stage, name) => text(stage.instructions, name));
  const templates = mapStages(definition, (stage, name) => text(stage.template, name));
  const issues = [...problems, ...workflowIssues(definition, instructions)];
  if (issues.length > 0) throw failure('workflow_invalid', { file, issues });
  return { file, definition, instructions, templates };
}

/**
 * Finds the file of a workflow's text: next to the repository's workflow, or else among the built-in texts. Refuses a path that leads
 * outside of these two folders.
 */
function textFile(workflow: string, path: string): string | undefined {
  const dir = dirname(workflow);
  const own = resolve(dir, path);
  if (own.startsWith(dir + sep) && existsSync(own)) return own;
  const root = asset('.');
  const builtIn = resolve(root, path);
  return builtIn.startsWith(resolve(root) + sep) && existsSync(builtIn) ? builtIn : undefined;
}

function mapStages<T>(
  definition: Definition,
  f: (stage: Definition['stages'][string], name: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(definition.stages).map(([name, stage]) => [name, f(stage, name)]));
}

export const builtInWorkflow = () => join(asset('.'), 'workflow/perf-gate.yaml');

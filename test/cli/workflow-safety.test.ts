import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { actionFile, jobOf, type Step, workflowOf } from '../helpers/actions.ts';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const texts = { measuring: text('ci/perf-gate.yml'), writing: text('ci/perf-gate-comment.yml'), action: actionFile() };
const measuring = workflowOf(texts.measuring);
const writing = workflowOf(texts.writing);
/** The workflow that the documentation shows around the action. */
const shown = workflowOf(/```yaml\n([\s\S]*?)```/.exec(text('docs/pull-requests.md'))![1]!);
const stepsOfAction: Step[] = parse(texts.action).runs.steps;
const all: Step[] = [measuring, writing, shown].flatMap((one) => jobOf(one).steps).concat(stepsOfAction);

/** Every text of a file with its path of keys, without numbers: `jobs.measure.steps.run`. */
function leaves(value: unknown, path: string[] = []): [path: string, text: string][] {
  if (value === null || typeof value !== 'object') return [[path.join('.'), String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, /^\d+$/.test(key) ? path : [...path, key.replaceAll('.', '_')]),
  );
}

const expressions = [measuring, writing, shown, parse(texts.action)].flatMap((file) =>
  leaves(file).flatMap(([path, leaf]) =>
    [...leaf.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map((found) => ({ path, expression: found[1]! })),
  ),
);

it('uses only fields of an event whose text no stranger can choose', () => {
  const known = [
    'github.event.pull_request.base.sha',
    'github.event.pull_request.head.sha',
    'github.event.pull_request.number',
    'github.event.workflow_run.id',
    'github.token',
    'runner.temp',
    'inputs.base',
    'inputs.contract',
    'inputs.no-worse-than',
  ];
  expect(expressions.length).toBeGreaterThan(15);
  expect(expressions.filter(({ expression }) => !known.includes(expression))).toEqual([]);
});

it('puts no expression into a script, and sets every variable that a script reads', () => {
  expect(expressions.filter(({ path }) => path.endsWith('.run'))).toEqual([]);
  const ofRunner = /^(GITHUB_(WORKSPACE|REPOSITORY|STEP_SUMMARY|TOKEN)|RUNNER_TEMP)$/;
  const scripts = [measuring, writing]
    .flatMap((file) => jobOf(file).steps.map((step) => ({ step, env: jobOf(file).env })))
    .concat(stepsOfAction.map((step) => ({ step, env: {} })));
  for (const { step, env } of scripts) {
    const { run = '' } = step;
    const set = [...Object.keys({ ...env, ...step.env }), ...[...run.matchAll(/^(\w+)=/gm)].map(([, name]) => name!)];
    const read = [...run.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!);
    expect(read.filter((name) => !set.includes(name) && !ofRunner.test(name))).toEqual([]);
    // without quotation marks, a value with spaces would be several words
    expect(run.replace(/"[^"]*"|'[^']*'/g, '""')).not.toMatch(/\$(?!\?|\{NO_WORSE_THAN:\+"")/);
    if (run !== '') expect(step).toHaveProperty('shell', 'bash');
  }
});

it('uses expressions only in places where GitHub knows their context', () => {
  const contexts: [place: RegExp, contexts: RegExp][] = [
    [/\.steps\.(with|env)\.\w+$/, /^(github|runner|inputs|env|steps)\./],
    [/^jobs\.\w+\.(env\.\w+|concurrency\.group)$/, /^github\./],
    [/^inputs\.\w+\.default$/, /^github\./],
  ];
  const misplaced = expressions.filter(
    ({ path, expression }) => !contexts.some(([place, known]) => place.test(path) && known.test(expression)),
  );
  expect(misplaced).toEqual([]);
});

it('requests the fewest permissions, and keeps no credentials where code of a pull request runs', () => {
  expect(measuring.permissions).toEqual({ contents: 'read' });
  expect(writing.permissions).toEqual({ actions: 'read', checks: 'write', 'pull-requests': 'write' });
  expect(shown.permissions).toEqual({ contents: 'read', checks: 'write', 'pull-requests': 'write' });
  for (const file of [measuring, writing, shown]) {
    expect(jobOf(file)).not.toHaveProperty('permissions');
    expect(Object.keys(file.jobs)).toHaveLength(1);
  }
  for (const file of [measuring, shown]) {
    expect(Object.keys(file.on)).toEqual(['pull_request']);
    const checkout = jobOf(file).steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkout).toMatchObject([{ with: { 'persist-credentials': false, 'fetch-depth': 0 } }]);
  }
  for (const { env = {}, run = '' } of jobOf(measuring).steps)
    expect(JSON.stringify([env, run])).not.toMatch(/token|secrets/i);
  expect(jobOf(measuring).env).not.toHaveProperty('GITHUB_TOKEN');
  for (const one of Object.values(texts)) expect(one).not.toMatch(/pull_request_target|secrets\.|write-all/);
});

it('the writing workflow uses only the artifact of the pull request, and gives its token to two steps', () => {
  expect(Object.keys(writing.on)).toEqual(['workflow_run']);
  expect(writing.on.workflow_run!.workflows).toEqual([measuring.name]);
  const { steps, ...job } = jobOf(writing);
  expect(steps.flatMap(({ uses }) => uses?.split('@')[0] ?? [])).toEqual(['actions/setup-node']);
  expect(JSON.stringify(job)).not.toContain('token');
  const holders = (some: Step[]) => some.filter(({ env }) => env?.GITHUB_TOKEN).map(({ name }) => name);
  expect(holders(steps)).toEqual(['Fetch the result', 'Write the comment and the check']);
  expect(holders(stepsOfAction)).toEqual(['Write the comment and the check']);
});

it('pins actions by commit and perf-gate by version, and no file of the checkout can replace perf-gate', () => {
  for (const { run = '', uses } of all) {
    if (uses && !uses.startsWith('OWNER/'))
      expect(uses).toMatch(/^actions\/(checkout|setup-node|upload-artifact)@[0-9a-f]{40}$/);
    for (const [, version] of run.matchAll(/perf-gate@(\S+)/g))
      expect([manifest.version, 'VERSION']).toContain(version);
  }
  for (const { run = '' } of [...jobOf(measuring).steps, ...stepsOfAction])
    if (run.includes('npx')) expect(run).toMatch(/^cd "\$RUNNER_TEMP"/);
});

it('measurement and comment have timeouts, and another label does not cancel a measurement', () => {
  for (const file of [measuring, writing]) expect(jobOf(file)['timeout-minutes']).toBeLessThanOrEqual(30);
  expect(jobOf(measuring)).toHaveProperty('concurrency');
  expect(measuring).not.toHaveProperty('concurrency');
});

it('the workflow in the documentation is as safe', () => {
  const blocks = ['docs/ci.md', 'docs/continuous-benchmarks.md'].flatMap((page) =>
    [...text(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => parse(block!)),
  );
  const shownSteps = blocks.flatMap((block) => (Array.isArray(block) ? block : block.jobs ? jobOf(block).steps : []));
  expect(shownSteps.length).toBeGreaterThan(10);
  for (const { uses = '', run = '', with: given } of shownSteps as Step[]) {
    if (uses !== '') expect(uses).toMatch(/@[0-9a-f]{40}$/);
    if (uses.startsWith('actions/checkout@')) expect(given).toHaveProperty('persist-credentials', false);
    expect(run).not.toContain('${{');
  }
  for (const block of blocks.filter(({ jobs }) => jobs)) {
    expect(block.permissions).toEqual({ contents: 'read' });
    expect(jobOf(block).env?.BASE).toContain('github.event.pull_request.base.sha');
  }
});

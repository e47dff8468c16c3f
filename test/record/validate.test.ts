import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { isFailure } from '../../src/core/errors.ts';
import { builtInWorkflow, readWorkflow, workflowFrom } from '../../src/record/workflow.ts';
import { repository } from '../helpers/repository.ts';

type Target = string | { when?: string; do?: string; to: string }[];
type Plain = {
  version: number;
  initial: string;
  stages: Record<string, { by: string; instructions: string; template: string; results: Record<string, Target> }>;
  ends: string[];
};

const builtIn = (): Plain => parse(readFileSync(builtInWorkflow(), 'utf8'));

/** What the workflow is refused for, after a change of the built-in one. */
function issuesOf(change: (workflow: Plain) => void, file = builtInWorkflow()): string {
  const workflow = builtIn();
  change(workflow);
  try {
    workflowFrom(file, JSON.parse(JSON.stringify(workflow)));
  } catch (error) {
    if (isFailure(error, 'workflow_invalid')) return error.message;
    throw error;
  }
  return 'valid';
}

const actor = (results: Record<string, Target>) => ({
  by: 'actor',
  instructions: 'stages/report.md',
  template: 'templates/verdict.md',
  results: { reported: 'completed', ...results },
});

it('accepts the built-in workflow', () => {
  expect(issuesOf(() => {})).toBe('valid');
});

it.each<[what: string, change: (w: Plain) => void, says: RegExp]>([
  [
    'an unknown target',
    (w) => Object.assign(w.stages.profile!.results, { failed: 'hotspot' }),
    /stage profile: result “failed” leads to “hotspot”, which is neither a stage nor an end; use one of .*hotspots/,
  ],
  [
    'an unknown first stage',
    (w) => Object.assign(w, { initial: 'start' }),
    /initial: there is no stage “start”; use one of scoping/,
  ],
  [
    'a stage that nothing leads to',
    (w) => Object.assign(w.stages, { review: actor({}) }),
    /stage review: no result leads to this stage; remove the stage, or let a result lead to it/,
  ],
  [
    'a stage without a way to an end',
    (w) => {
      Object.assign(w.stages.scoping!.results, { asked: 'ask' });
      w.stages.ask = { ...actor({}), results: { again: 'ask' } };
    },
    /stage ask: no path leads from this stage to an end; give one of its results a target that leads to one of completed/,
  ],
  [
    'an instruction that names a result which the stage lacks',
    (w) => Reflect.deleteProperty(w.stages.profile!.results, 'failed'),
    /stage profile: the instructions mention the result “failed”, which the stage does not have; use one of profiled/,
  ],
  [
    'a stage whose result leads nowhere',
    (w) => Reflect.deleteProperty(w.stages.verdict!.results, 'inconclusive'),
    /stage verdict: the stage can have the result “inconclusive”, which leads nowhere; add `inconclusive` to its results/,
  ],
  [
    'a stage of an actor that drops what the engine may answer for it',
    (w) => Reflect.deleteProperty(w.stages.fix!.results, 'skipped'),
    /stage fix: the stage can have the result “skipped”, which leads nowhere/,
  ],
  [
    'an engine stage that does not exist',
    (w) => Object.assign(w.stages.hotspots!, { by: 'engine' }),
    /stage hotspots: the engine has no stage of this name; use `by: actor`, or one of the names baseline/,
  ],
  [
    'a result without a last target',
    (w) => Object.assign(w.stages.fix!.results, { skipped: [{ when: 'at_limit', to: 'report' }] }),
    /stage fix: result “skipped” leads nowhere when `at_limit` is false; add a last target without `when`/,
  ],
  [
    'an attempt that stays open',
    (w) => Object.assign(w.stages.verdict!.results, { rejected: 'hotspots' }),
    /stage fix: result “done” leads to|stage \w+: result “\w+” leads to (fix|report|profile) while the attempt is open; add `do: commit` or `do: revert`/,
  ],
  [
    'an attempt that an end leaves open',
    (w) => Object.assign(w.stages.remeasure!.results, { broken: 'escalated' }),
    /stage remeasure: result “broken” leads to escalated while the attempt is open/,
  ],
  [
    'a commit of what was rejected',
    (w) => Object.assign(w.stages.verdict!.results, { rejected: [{ do: 'commit', to: 'report' }] }),
    /stage verdict: result “rejected” has `do: commit`, but no verdict accepted the attempt; use `do: revert`/,
  ],
  [
    'a commit without a verdict',
    (w) => Object.assign(w.stages.remeasure!.results, { measured: [{ do: 'commit', to: 'report' }] }),
    /stage remeasure: result “measured” has `do: commit`, but no verdict accepted the attempt/,
  ],
  [
    'a revert where nothing is open',
    (w) => Object.assign(w.stages.hotspots!.results, { exhausted: [{ do: 'revert', to: 'report' }] }),
    /stage hotspots: result “exhausted” has `do`, although no attempt is open; remove `do`/,
  ],
  [
    'a reserved result',
    (w) => Object.assign(w.stages.hotspots!.results, { abort: 'report' }),
    /stage hotspots: the result “abort” is reserved; use another word/,
  ],
  [
    'a missing end',
    (w) => Object.assign(w, { ends: ['completed', 'escalated'] }),
    /ends: “aborted” is missing; .*add it to ends/,
  ],
  ['an end that is a stage', (w) => w.ends.push('fix'), /ends: “fix” is also a stage; rename the end or the stage/],
  [
    'a stage without results',
    (w) => Object.assign(w.stages.report!, { results: {} }),
    /stage report: the stage has no results; give it at least one/,
  ],
  [
    'a text that is not there',
    (w) => Object.assign(w.stages.fix!, { instructions: 'stages/fixx.md' }),
    /stage fix: the file stages\/fixx\.md was not found/,
  ],
  [
    'a text outside the folder',
    (w) => Object.assign(w.stages.fix!, { template: '../../etc/passwd' }),
    /stage fix: the file \.\.\/\.\.\/etc\/passwd was not found/,
  ],
  [
    'an unknown guard',
    (w) => Object.assign(w.stages.fix!.results, { skipped: [{ when: 'tired', to: 'report' }] }),
    /stages\.fix\.results\.skipped/,
  ],
  [
    'an unknown effect',
    (w) => Object.assign(w.stages.fix!.results, { skipped: [{ do: 'push', to: 'report' }] }),
    /stages\.fix\.results\.skipped/,
  ],
  ['an unknown key', (w) => Object.assign(w.stages.fix!, { timeout: 5 }), /stages\.fix: .*timeout/],
])('refuses %s, and names stage and remedy', (_, change, says) => {
  expect(issuesOf(change)).toMatch(says);
});

it('reports every mistake at once', () => {
  const message = issuesOf((w) => {
    Object.assign(w.stages.profile!.results, { failed: 'nowhere' });
    Object.assign(w.stages.verdict!.results, { rejected: 'nowhere' });
  });
  expect(message.match(/leads to “nowhere”/g)).toHaveLength(2);
});

it('refuses invalid YAML, a duplicate key, and an alias bomb', () => {
  const repo = repository({ 'w/a.yaml': 'stages: [', 'w/b.yaml': 'version: 1\nversion: 1\n' });
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...[...'bcdefghi'].map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
  ];
  repo.write('w/c.yaml', bomb.join('\n'));
  for (const name of ['a', 'b', 'c'])
    expect(() => readWorkflow(join(repo.root, `w/${name}.yaml`))).toThrow(
      expect.objectContaining({ code: 'workflow_invalid' }),
    );
});

it('finds texts next to the workflow first, then the built-in ones', () => {
  const workflow = builtIn();
  const repo = repository({
    '.perf-gate/workflow.yaml': stringify(workflow),
    '.perf-gate/stages/fix.md': 'Our way. `result: done`\n',
  });
  const { instructions, file } = readWorkflow(join(repo.root, '.perf-gate/workflow.yaml'));
  expect(dirname(file)).toBe(join(repo.root, '.perf-gate'));
  expect(instructions.fix).toBe('Our way. `result: done`\n');
  expect(instructions.scoping).toContain('# Scoping');
});

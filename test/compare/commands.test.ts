import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../src/cli/commands/compare/compare.ts';
import type { RunEvent } from '../../src/record/state.ts';
import { call, type Options } from '../helpers/call.ts';
import { cwd, place } from '../helpers/own-cache.ts';

const few: Options = { runs: '5', maxRuns: '5', json: true };
/** An option for commands only, which commits refuse. */
const noRuns: Options = { runs: undefined, maxRuns: undefined };
const compare = (words: string[], options: Options = {}) => call(command, place, words, { ...few, ...options });

type Compared = {
  base: string;
  candidate: string;
  verdict: string;
  reasons: string[];
  primary: { name: string; improvement_pct: number; lower_bound_pct: number };
  samples: { base: number[]; candidate: number[] };
};
const parsed = (out: string) => JSON.parse(out) as Compared;

it('accepts a command that takes a fraction of the time, after a confirmation', async () => {
  const { code, out } = await compare(['sleep', '0.1', '--', 'true'], { runs: undefined, maxRuns: undefined });
  expect(code).toBe(0);
  const { base, candidate, verdict, primary, samples } = parsed(out);
  expect({ base, candidate, verdict }).toEqual({ base: 'sleep 0.1', candidate: 'true', verdict: 'accepted' });
  expect(primary.lower_bound_pct).toBeGreaterThanOrEqual(5);
  expect(samples.base.length).toBeGreaterThanOrEqual(5);
});

it('rejects a command that takes longer', async () => {
  const { code, out } = await compare(['true', '--', 'sleep', '0.1']);
  expect(code).toBe(1);
  expect(parsed(out).primary.improvement_pct).toBeLessThan(-50);
});

it('does not accept a command against itself', async () => {
  const { code } = await compare(['sleep', '0.02', '--', 'sleep', '0.02'], { runs: undefined, maxRuns: undefined });
  expect([1, 4]).toContain(code);
});

const node = process.execPath;
const memory = [node, '-e', '0', '--', 'true'];

it('judges peak memory, with a threshold in its unit or in a similar unit', async () => {
  const accepted = await compare(memory, { primary: 'max_rss', threshold: '5MB' });
  expect(parsed(accepted.out)).toMatchObject({ verdict: 'accepted', primary: { name: 'max_rss_kb' } });
  expect((await compare(memory, { primary: 'max_rss', threshold: '500000' })).code).toBe(1);
});

it('judges CPU time', async () => {
  const { out } = await compare([node, '-e', '0', '--', 'sleep 0.1'], { primary: 'cpu', threshold: '50%' });
  expect(parsed(out)).toMatchObject({ verdict: 'accepted', primary: { name: 'cpu_ms' } });
});

describe('whether the second command is no worse', () => {
  const asked = { threshold: undefined, primary: 'max_rss', worseThan: '10%', runs: undefined, maxRuns: undefined };

  it('held: exit code 0, and the bound on the regression', async () => {
    const { code, out } = await compare([node, '-e', '0', '--', node, '-e', '1'], asked);
    expect(code).toBe(0);
    expect(parsed(out)).toMatchObject({ verdict: 'held', reasons: [expect.stringMatching(/^held: at most .* worse/)] });
  });

  it('regressed: exit code 1 after a confirmation, also in the text', async () => {
    const more = [node, '-e', '0', '--', node, '-e', 'globalThis.kept = Buffer.alloc(3e7, 1)'];
    const { code, out } = await compare(more, asked);
    expect(code).toBe(1);
    expect(parsed(out)).toMatchObject({ verdict: 'regressed', reasons: [expect.stringMatching(/^regressed: larger/)] });
    expect((await compare(more, { ...asked, json: false })).out).toContain('REGRESSED');
  });

  it('a command that fails did not regress: it is rejected', async () => {
    const { code, out } = await compare(['true', '--', 'false'], asked);
    expect(code).toBe(1);
    expect(parsed(out).verdict).toBe('rejected');
  });

  it('is not asked together with a threshold, nor with a margin of 0', async () => {
    const refused = async (options: Options) => {
      const { code, error } = await compare(memory, { ...asked, ...options });
      return `${code}: ${error?.message}`;
    };
    expect(await refused({ threshold: '5%' })).toMatch(
      /^2: .*--threshold asks whether the candidate is better, and --no-worse-than asks whether it is no worse/,
    );
    expect(await refused({ worseThan: '0' })).toMatch(/^2: .*A margin of 0 cannot be proven/);
  });
});

it('rejects different output with --same-output', async () => {
  const { code, out } = await compare(['echo a; sleep 0.05', '--', 'echo b'], { sameOutput: true });
  expect(code).toBe(1);
  expect(parsed(out).reasons[0]).toMatch(/^output_differs/);
});

it('prints a comment for a pull request, or the panel', async () => {
  const comment = await compare(memory, { primary: 'max_rss', json: false, markdown: true });
  expect(comment.out).toMatch(/^<!-- perf-gate -->\n\n### perf-gate: `.*node -e 0` → `true`\n\n\*\*✓ accepted\*\*/);
  const panel = await compare(memory, { primary: 'max_rss', json: false });
  expect(panel.out).toMatch(/ACCEPTED[\s\S]*node -e 0 → true[\s\S]*why: proven/);
  expect(panel.out).not.toContain('attempt');
});

it.each<[string, string[], number, RegExp, Options?]>([
  ['a first command that fails', ['false', '--', 'true'], 3, /The first command failed .*: false/],
  ['a missing program', ['true', '--', 'true', '--', 'x.txt'], 2, /no program “x.txt”.*two commands/],
  ['no second command', ['true', '--'], 2, /no command/],
  [
    'runs that can never be significant',
    ['true', '--', 'true'],
    2,
    /With 3 to 3 runs of each command, no difference can be significant/,
    { runs: '3', maxRuns: '3' },
  ],
  ['bounds that cross', ['true', '--', 'true'], 2, /more than --max-runs/, { runs: '9', maxRuns: '8' }],
  ['a threshold of another kind', ['true', '--', 'true'], 2, /“5MB” does not fit the unit/, { threshold: '5MB' }],
  ['commits without a contract', ['main', 'HEAD'], 2, /needs a contract/, noRuns],
  ['one commit', ['main'], 2, /takes two revisions/, noRuns],
  [
    'an option of the other form',
    ['main', 'HEAD'],
    2,
    /--runs is an option for a comparison of commands, but this call compares commits/,
  ],
])('refuses %s', async (_, words, code, message, options) => {
  const ended = await compare(words, options);
  expect(ended.error?.message).toMatch(message);
  expect(ended.code).toBe(code);
});

it('a second command that fails is rejected', async () => {
  const { code, out } = await compare(['true', '--', 'false']);
  expect(code).toBe(1);
  expect(parsed(out).reasons[0]).toMatch(/^candidate_failed: .*exit code 1/);
});

describe('several commands', () => {
  it('each is judged against the first, with its share of the error; one that fails leaves the others', async () => {
    const words = ['sleep 0.2', 'true', 'false', 'sleep 0.3'];
    const { code, out } = await compare(words, { runs: undefined, maxRuns: '8' });
    const { verdict, alpha, comparisons } = JSON.parse(out) as {
      verdict: string;
      alpha: number;
      comparisons: (Compared & { samples: unknown })[];
    };
    expect({ code, verdict, alpha }).toEqual({ code: 1, verdict: 'rejected', alpha: 0.0166667 });
    expect(comparisons.map((c) => [c.base, c.candidate, c.verdict])).toEqual([
      ['sleep 0.2', 'true', 'accepted'],
      ['sleep 0.2', 'false', 'rejected'],
      ['sleep 0.2', 'sleep 0.3', 'rejected'],
    ]);
    expect(comparisons[1]!.reasons[0]).toMatch(/^candidate_failed/);
  });

  it('counts progress over all measured commands, without warm-ups', async () => {
    const screen: number[][] = [];
    const notify = (event: RunEvent) => {
      if (event.kind === 'progress' && event.label === 'screen of 3 commands')
        screen.push([event.done, event.next, event.total]);
    };
    await call(command, { ...place, notify }, ['sleep 0.05', 'true 1', 'true 2'], few);
    expect(screen).toEqual(Array.from({ length: 15 }, (_, i) => [i + 1, 15, 15]));
  });

  it('prints a panel and a line for each, and exports the samples', async () => {
    const options = { runs: undefined, maxRuns: '8', json: false, exportJson: 'c.json' };
    const { code, out } = await compare(['true {n}'], {
      ...options,
      parameterList: ['n\u00001,2'],
      reference: 'sleep 0.2',
    });
    expect(code).toBe(0);
    expect(out).toMatch(
      /Compared with sleep 0\.2 \(the error of 5 % is divided among 2 comparisons\):\n {2}true 1 {2}accepted: proven/,
    );
    const { results } = JSON.parse(readFileSync(join(cwd, 'c.json'), 'utf8'));
    expect(results.map((r: { command: string }) => r.command)).toEqual(['sleep 0.2', 'true 1', 'true 2']);
  });
});

it('takes --metric, and runs the commands around the runs', async () => {
  const log = join(cwd, 'around');
  const say = (what: string) => `echo ${what} >> ${log}`;
  const around = { setup: say('setup'), prepare: [say('before')], conclude: [say('after')], cleanup: say('cleanup') };
  const { out } = await compare(memory, { metric: 'max_rss', threshold: '5MB', ...around });
  expect(parsed(out)).toMatchObject({ verdict: 'accepted', primary: { name: 'max_rss_kb' } });
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect([lines.slice(0, 2), lines.slice(-2)]).toEqual([
    ['setup', 'setup'],
    ['cleanup', 'cleanup'],
  ]);
  const runs = lines.slice(2, -2);
  expect(runs.filter((_, i) => i % 2 === 0).every((line) => line === 'before')).toBe(true);
  expect(runs.filter((_, i) => i % 2 === 1).every((line) => line === 'after')).toBe(true);
});

it('counts ignored failures as runs, and warns of them', async () => {
  const { out } = await compare(['sh -c "exit 1"', 'true'], { ignoreFailure: true });
  const { warnings } = JSON.parse(out) as { warnings: string[] };
  expect(warnings).toContainEqual(expect.stringMatching(/^base: 5 of 5 executions failed \(exit code 1\)/));
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Ended, perfGate } from '../helpers/cli.ts';
import { contractText, countingProject, everything, sampled } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

/** Runs a command that must be refused: prints one error and one hint, exits with the code, and changes nothing on disk. */
async function refused(repo: TestRepository, args: string[], code = 2, cwd = repo.root): Promise<string> {
  const before = everything(repo);
  const ended: Ended = await perfgate.run(cwd, ...args);
  expect(ended.stderr.match(/^error: /gm)).toHaveLength(1);
  expect(ended.stderr.match(/^hint: /gm)).toHaveLength(1);
  expect(ended.stderr).not.toMatch(/\n {4}at |has a bug/);
  expect(ended.stdout).toBe('');
  expect(ended.code).toBe(code);
  expect(everything(repo)).toEqual(before);
  return ended.stderr;
}

const oneOfSuite = { benchmarks: [{ name: 'one', repro: { script: 'sh bench.sh' } }] };

const start = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', 'true'];

it.each<[string, string[], RegExp]>([
  ['an unknown command', ['strat'], /unknown command 'strat'/i],
  ['an unknown option', ['start', 'x', '--contrct', 'c.yaml'], /unknown option '--contrct'.*--contract/is],
  ['an option of hyperfine', ['measure', '--style', 'basic', 'true'], /no option --style\..*NO_COLOR/s],
  ['its short form', ['compare', '-u', 'second', 'true', '--', 'true'], /no option -u\..*unit that fits/s],
  ['an option without its value', ['start', 'x', '--contract'], /argument missing/i],
  ['a missing argument', ['sentinel', 'benchmark'], /missing required argument 'hook'/i],
  ['a missing task', ['start'], /task is empty/],
  [
    'two contracts',
    ['start', '--from-plan', '1', '--contract', 'a.yaml'],
    /are both given, but a run has only one contract/,
  ],
  ['an empty task', ['start', '  '], /task is empty/],
  ['too many arguments', ['start', 'make', 'it', 'faster', '--contract', 'c.yaml'], /too many arguments/i],
  ['an unknown agent', [...start, '--agent', 'wizard'], /no agent “wizard”.*manual/s],
  ['an agent without its command', ['start', 'x', '--agent', 'command', '--contract', 'c.yaml'], /needs --fix-command/],
  ['no contract and no terminal', ['start', 'x'], /no terminal to ask in.*--contract/s],
  ['a missing contract', ['start', 'x', '--contract', 'd.yaml'], /d\.yaml cannot be read/],
  ['a missing folder', ['status', '--cwd', 'nowhere'], /no folder .*nowhere/],
  ['a project without runs', ['status'], /no run in/],
  ['an unknown format', ['workflow', '--format', 'png'], /no format “png”.*mermaid/s],
  ['a comparison without a contract', ['compare', 'HEAD', 'HEAD'], /--contract FILE/],
])('refuses %s', async (_, args, says) => {
  expect(await refused(countingProject(), args)).toMatch(says);
});

it.each<[string, string[], Record<string, unknown>, RegExp]>([
  ['of no suite', ['--part', '1/2'], {}, /needs a suite, but the contract has only one benchmark/],
  ['that no number names', ['--part', '3/2'], {}, /--part 3\/2 is not a part of a suite/],
  ['without a benchmark', ['--part', '2/2'], oneOfSuite, /holds no benchmark.*at most 1 part/s],
  [
    'on a fleet',
    ['--part', '1/1', '--on', 'quiet'],
    oneOfSuite,
    /works only on this machine: a fleet divides the suite itself/,
  ],
])('refuses a part %s', async (_, args, changes, says) => {
  const repo = countingProject();
  repo.write('c.yaml', contractText(changes));
  expect(await refused(repo, ['compare', 'HEAD', 'HEAD', '--contract', 'c.yaml', ...args])).toMatch(says);
});

it.each<[string, string, RegExp]>([
  ['an unknown key', contractText().replace('max_runs', 'max_rnus'), /max_rnus.*max_runs/s],
  ['an impossible threshold', contractText({ threshold: { pct_min: 100 } }), /threshold\.pct_min/],
  [
    'too few runs to prove anything',
    contractText({ repro: { measurement_runs: 3, max_runs: 3 }, metrics: { primary: sampled } }),
    /max_runs: .*can never give a significant result/,
  ],
  ['no metric', 'version: 1\nrepro: { script: sh bench.sh }\n', /metrics/],
  ['invalid YAML', 'version: [1\n', /d\.yaml:2:1 /],
  ['an empty file', '', /found nothing/],
  [
    'a path outside the project',
    contractText({ guards: { protected: ['../x'] } }),
    /guards\.protected.*inside the project/s,
  ],
])('refuses a contract with %s', async (_, text, says) => {
  const repo = countingProject();
  repo.write('d.yaml', text);
  expect(
    await refused(
      repo,
      start.map((a) => (a === 'c.yaml' ? 'd.yaml' : a)),
    ),
  ).toMatch(says);
});

it('refuses a folder without a repository, and a repository without a commit', async () => {
  const repo = countingProject();
  expect(await refused(repo, start, 2, temporaryFolder())).toMatch(/not inside a git repository/);
  mkdirSync(join(repo.root, '.perf-gate/empty'), { recursive: true });
  repo.git('init', '--quiet', '.perf-gate/empty');
  expect(await refused(repo, start, 2, join(repo.root, '.perf-gate/empty'))).toMatch(/has no commit yet/);
});

it('refuses a dirty tree, and names the files', async () => {
  const repo = countingProject();
  repo.write('other.txt', 'mine\n');
  repo.write('work.sh', 'STEPS=1\n');
  repo.git('add', 'work.sh');
  expect(await refused(repo, start)).toMatch(/other\.txt\n {4}work\.sh/);
});

it('refuses while a rebase is in progress', async () => {
  const repo = countingProject();
  mkdirSync(join(repo.root, '.git/rebase-merge'));
  expect(await refused(repo, start)).toMatch(/A rebase is in progress/);
});

it('refuses a second run in the same work tree', async () => {
  const repo = countingProject();
  expect((await perfgate.run(repo.root, ...start.slice(0, 4))).code).toBe(0);
  expect(await refused(repo, start)).toMatch(/is active in this work tree \(stage scoping\)/);
});

it('refuses if an existing branch prevents the run’s branch', async () => {
  const repo = countingProject();
  repo.git('branch', 'perf-gate');
  expect(await refused(repo, start)).toMatch(/branch perf-gate exists already/);
});

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, contractText, countingProject, everything, files, sampled } from '../helpers/project.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Comparison = {
  verdict: string;
  reasons: string[];
  primary: { improvement_pct: number };
  base: string;
  head: string;
  protected_from_base: string[];
  error?: { code: string; message: string };
};

const compare = (repo: TestRepository, base: string, head: string) =>
  perfgate.json<Comparison>(repo.root, 'compare', base, head, '--contract', 'c.yaml');

/** The files without the record that `compare` leaves. */
const withoutOurs = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.perf-gate/')));

/** `main` with a second commit on the branch `change`; the first is checked out. */
function twoCommits(change: Record<string, string>, contract: ContractChange = {}): TestRepository {
  const repo = countingProject(contract);
  repo.git('checkout', '--quiet', '-b', 'change');
  for (const [path, text] of Object.entries(change)) repo.write(path, text);
  repo.commit('the change');
  repo.git('checkout', '--quiet', 'main');
  return repo;
}

it.each<[string, number, Record<string, string>, RegExp, ContractChange?]>([
  ['accepted', 0, { 'work.sh': 'STEPS=50\nANSWER=42\n' }, /^proven/, { metrics: { primary: sampled } }],
  ['rejected', 1, { 'work.sh': 'STEPS=99\nANSWER=42\n' }, /^below_threshold/],
  ['rejected', 1, { 'work.sh': 'STEPS=50\nANSWER=41\n' }, /^output_differs/],
  ['rejected', 1, { 'work.sh': 'exit 1\n' }, /^candidate_failed/],
  [
    'rejected',
    1,
    { 'work.sh': 'STEPS=50\nANSWER=42\n', broken: '' },
    /^build_failed/,
    { repro: { build: 'test ! -e broken' } },
  ],
])('is %s with exit code %d, and touches nothing', async (verdict, code, change, reason, contract) => {
  const repo = twoCommits(change, contract);
  repo.write('other.txt', 'uncommitted work of the user\n');
  repo.write('untracked.txt', 'more\n');
  const before = everything(repo);
  const ended = await compare(repo, 'main', 'change');
  expect(ended).toMatchObject({ code, verdict, base: repo.git('rev-parse', 'main'), protected_from_base: [] });
  expect(ended.reasons[0]).toMatch(reason);
  expect(withoutOurs(everything(repo))).toEqual(before);
  expect(repo.git('status', '--porcelain').split('\n')).toEqual([' M other.txt', '?? untracked.txt']);
  expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(readdirSync(join(perfgate.env().XDG_CACHE_HOME!, 'perf-gate/arms'))).toEqual([]);
});

it('judges a head with a changed benchmark by the base’s benchmark', async () => {
  const cheat = files['bench.sh'].replace('steps=$STEPS', 'steps=1');
  const repo = twoCommits({ 'bench.sh': cheat, 'work.sh': 'STEPS=80\nANSWER=42\n' });
  const ended = await compare(repo, 'main', 'change');
  expect(ended).toMatchObject({ code: 0, verdict: 'accepted', protected_from_base: ['bench.sh'] });
  expect(ended.primary.improvement_pct).toBe(20);
});

it('judges by the base’s benchmark, even if a protected link leads to it through another link', async () => {
  const repo = repository({ ...files, 'c.yaml': contractText() });
  repo.git('mv', 'bench.sh', 'real.sh');
  repo.write('lib/x.sh', '');
  repo.link('lib/bench.sh', '../real.sh');
  repo.link('bench.sh', 'lib/bench.sh');
  repo.commit('links');
  repo.write('real.sh', 'echo METRIC steps=1; echo answer 42\n');
  repo.write('work.sh', 'STEPS=99\nANSWER=42\n');
  repo.commit('the change');
  const ended = await compare(repo, 'HEAD~1', 'HEAD');
  expect(ended).toMatchObject({ code: 1, verdict: 'rejected', protected_from_base: ['real.sh'] });
});

it('finds no difference between a commit and itself', async () => {
  const ended = await compare(countingProject({ metrics: { primary: sampled } }), 'HEAD', 'HEAD');
  expect(ended).toMatchObject({ code: 1, verdict: 'rejected' });
});

it('works in a folder of a larger repository', async () => {
  const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`app/${path}`, text]));
  const repo = repository({ ...inside, 'app/c.yaml': contractText({ repro: { setup: 'test -e work.sh' } }) });
  repo.write('app/work.sh', 'STEPS=50\nANSWER=42\n');
  repo.commit('faster');
  const ended = await perfgate.json(join(repo.root, 'app'), 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml');
  expect(ended).toMatchObject({ code: 0, verdict: 'accepted' });
});

it('says “broken on the base” if the base does not run', async () => {
  const repo = twoCommits({ 'work.sh': 'STEPS=50\nANSWER=42\n' });
  repo.git('checkout', '--quiet', '-b', 'bad');
  repo.write('work.sh', 'exit 1\n');
  repo.commit('bad');
  const ended = await compare(repo, 'bad', 'change');
  expect(ended).toMatchObject({
    code: 3,
    error: { code: 'command_failed', message: expect.stringMatching(/on the base/) },
  });
});

it.each(['nowhere', '--output=pwned', '-n', '', 'HEAD^{tree}', 'HEAD:work.sh', '..'])(
  'refuses the revision “%s”',
  async (revision) => {
    const repo = countingProject();
    const before = everything(repo);
    const given = revision.startsWith('-') ? ['--', revision, 'HEAD'] : [revision, 'HEAD'];
    const ended = await perfgate.run(repo.root, 'compare', '--contract', 'c.yaml', ...given);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`“${revision}” names no commit in this repository`);
    expect(everything(repo)).toEqual(before);
    expect(existsSync(join(repo.root, 'pwned'))).toBe(false);
  },
);

describe('an uncommitted benchmark', () => {
  /** Two commits without the benchmark, which lies untracked in the work tree. */
  function untracked(contract: ContractChange): TestRepository {
    const repo = twoCommits({ 'work.sh': 'STEPS=50\nANSWER=42\n' });
    repo.write('mine.sh', files['bench.sh']);
    repo.write('c.yaml', contractText({ repro: { script: 'sh mine.sh' }, ...contract }));
    return repo;
  }

  it('is named, with its output and a hint', async () => {
    const repo = untracked({});
    const { code, stderr } = await perfgate.run(repo.root, 'compare', 'main..change', '--contract', 'c.yaml');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /git does not track them:\s+mine\.sh[\s\S]*on the base failed \(exit code 2\)[\s\S]*mine\.sh/,
    );
    expect(stderr).toContain('guards.protected');
  });

  it('is laid over both commits if it is protected', async () => {
    const repo = untracked({ guards: { protected: ['mine.sh'] } });
    const ended = await perfgate.json<Comparison & { warnings: string[] }>(
      repo.root,
      ...['compare', 'main..change', '--contract', 'c.yaml'],
    );
    expect(ended).toMatchObject({ code: 0, verdict: 'accepted' });
    expect(ended.warnings).toContainEqual(expect.stringMatching(/^mine\.sh is protected and not tracked/));
  });
});

it('accepts BASE..HEAD and BASE...HEAD, and uses the project’s contract', async () => {
  const repo = twoCommits({ 'work.sh': 'STEPS=50\nANSWER=42\n' });
  repo.write('perf-gate.yaml', contractText());
  const heads = { base: repo.git('rev-parse', 'main'), head: repo.git('rev-parse', 'change') };
  for (const range of ['main..change', '..change', 'main...change'])
    expect(await perfgate.json(repo.root, 'compare', range)).toMatchObject({ code: 0, verdict: 'accepted', ...heads });
});

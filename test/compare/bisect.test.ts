import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bisected } from '../../benchmarks/bisect/simulate.ts';
import { courseOf } from '../../src/compare/bisect/course.ts';
import type { KeptLines } from '../../src/compare/bisect/kept-lines.ts';
import { search } from '../../src/compare/bisect/search.ts';
import { perfGate } from '../helpers/cli.ts';
import { contractText, files } from '../helpers/project.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Shown = {
  outcome: string;
  first_bad: string | null;
  before: string | null;
  between: string[];
  inside: { good: string; bad: string } | null;
  error?: { message: string; hint: string };
  left_out: { commit: string; why: string }[];
  comparison: string | null;
  change_pct: number | null;
  executions: number;
};

/** Adds a line of commits after the first, each with these files. Returns their ids. */
function line(commits: Record<string, string>[], repro = {}): { repo: TestRepository; ids: string[] } {
  const repo = repository({ ...files, 'c.yaml': contractText({ repro }) });
  const ids = [repo.git('rev-parse', 'HEAD')];
  for (const [i, change] of commits.entries()) {
    for (const [path, text] of Object.entries({ 'n.txt': `${i}\n`, ...change })) repo.write(path, text);
    repo.commit(`commit ${i + 1}`);
    ids.push(repo.git('rev-parse', 'HEAD'));
  }
  return { repo, ids };
}

const slow = { 'work.sh': 'STEPS=120\nANSWER=42\n' };
const bisect = (repo: TestRepository, ...words: string[]) =>
  perfgate.json<Shown>(repo.root, 'bisect', ...words, '--contract', 'c.yaml');

it('names the commit that made it slower, though the third cannot be built, and leaves the work tree alone', async () => {
  const { repo, ids } = line([{}, {}, {}, {}, slow, {}, {}], {
    build: 'test ! -e broken || test -e n.txt -a "$(cat n.txt)" != 2',
  });
  repo.write('other.txt', 'of the user\n');
  const ended = await bisect(repo, ids[0]!, ids.at(-1)!);
  expect(ended).toMatchObject({ code: 0, outcome: 'found', first_bad: ids[5], before: ids[4], between: [] });
  expect(ended.left_out.map(({ commit }) => commit).filter((commit) => commit !== ids[3])).toEqual([]);
  expect(ended.comparison).not.toBeNull();
  expect(ended.change_pct).toBeCloseTo(20, 0);
  expect(repo.git('status', '--porcelain')).toContain('other.txt');
});

it('measures all commits with the benchmark that was committed last, and says which commits a merge brought', async () => {
  const { repo, ids } = line([{}]);
  const [contract, bench] = [repo.read('c.yaml'), repo.read('bench.sh')];
  for (const path of ['c.yaml', 'bench.sh']) repo.git('rm', '--quiet', path);
  const good = repo.commit('a time without a benchmark');
  repo.git('checkout', '--quiet', '-b', 'side');
  const side = [{ 'n.txt': 'side\n' }, slow, { 'n.txt': 'end\n' }].map((files) => {
    for (const [path, text] of Object.entries(files)) repo.write(path, text);
    return repo.commit('of the branch');
  });
  repo.git('checkout', '--quiet', 'main');
  repo.write('other.txt', 'x\n');
  const before = repo.commit('beside it');
  repo.git('merge', '--quiet', '--no-ff', '-m', 'a merge', 'side');
  const merge = repo.git('rev-parse', 'HEAD');
  repo.write('c.yaml', contract);
  repo.write('bench.sh', bench);
  const bad = repo.commit('the benchmark');
  repo.write('other.txt', 'of the user\n');
  const ended = await bisect(repo, `${good}..${bad}`);
  expect(ended).toMatchObject({ code: 0, first_bad: merge, before, left_out: [], inside: { good, bad: side[2] } });
  expect(repo.git('status', '--porcelain')).toBe(' M other.txt');
  expect(ids).not.toContain(merge);
});

it('takes one benchmark of a suite', async () => {
  const { repo, ids } = line([{ 'work.sh': 'STEPS=150\n' }, { n: '12\n' }, {}]);
  const other = { name: 'of n', repro: { script: 'echo "METRIC steps=$(cat n 2>/dev/null || echo 10)"' } };
  repo.write('c.yaml', contractText({ benchmarks: [{ name: 'work' }, other] }));
  const ended = await bisect(repo, ids[0]!, ids[3]!, '--benchmark', 'of n');
  expect(ended).toMatchObject({ code: 0, outcome: 'found', first_bad: ids[2] });
  const wrong = await bisect(repo, ids[0]!, ids[3]!, '--benchmark', 'sort');
  expect(wrong).toMatchObject({ code: 2, error: { code: 'usage', hint: 'It has work, of n.' } });
  expect(await bisect(repo, ids[0]!, ids[3]!)).toMatchObject({ code: 2, error: { code: 'contract_is_suite' } });
});

it('names all possible commits if the commits next to the change cannot be measured', async () => {
  const fails = { 'work.sh': 'exit 1\n' };
  const { repo, ids } = line([{}, {}, fails, slow, {}]);
  const ended = await bisect(repo, ids[0]!, ids.at(-1)!);
  expect(ended).toMatchObject({ code: 0, first_bad: ids[4], before: ids[2], between: [ids[3]] });
});

it('reports that the ends do not differ, and exits with 4', async () => {
  const { repo, ids } = line([{}, {}]);
  expect(await bisect(repo, ids[0]!, ids.at(-1)!)).toMatchObject({ code: 4, outcome: 'no_change', first_bad: null });
});

it('reports that the bad end is the faster one', async () => {
  const { repo, ids } = line([{ 'work.sh': 'STEPS=50\nANSWER=42\n' }]);
  const { code, stdout } = await perfgate.run(repo.root, 'bisect', ids[0]!, ids[1]!, '--contract', 'c.yaml');
  expect(code).toBe(4);
  expect(stdout).toMatch(
    /^\w+ commit 1 is better than \w+ first.*\n.*\n\n1 commit; the good and the bad commit differ by 50\.\d %/,
  );
});

it('names the end that cannot be measured', async () => {
  const { repo, ids } = line([{ 'work.sh': 'exit 1\n' }, {}]);
  const ended = await bisect(repo, ids[0]!, ids[1]!);
  expect(ended).toMatchObject({ code: 3, error: { code: 'command_failed' } });
  expect(ended.error!.message).toContain(`The repro of the bad commit ${ids[1]!.slice(0, 10)} failed`);
});

it('leaves the work tree alone when interrupted, and goes on when called again', async () => {
  const { repo, ids } = line([{}, {}, slow, {}, {}], { before_each: 'sleep 0.02' });
  const args = [perfgate.bin(), 'bisect', ids[0]!, ids[5]!, '--contract', 'c.yaml'];
  const child = spawn(process.execPath, args, {
    cwd: repo.root,
    env: perfgate.env(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (!child.killed && told.includes('in turn with the good commit')) child.kill('SIGINT');
  });
  expect((await once(child, 'close'))[0]).toBe(130);
  const arms = join(perfgate.env().XDG_CACHE_HOME!, 'perf-gate/arms');
  expect(readdirSync(arms).filter((name) => name.startsWith('compare'))).toEqual([]);
  expect(repo.git('status', '--porcelain')).toBe('');
  expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1);

  const again = await perfgate.run(repo.root, ...args.slice(1), '--json');
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Continues the interrupted bisection') });
  expect(again.stderr).not.toContain('Measuring the good and the bad commit in turn');
  expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'found', first_bad: ids[3] });
  expect(existsSync(join(repo.root, '.perf-gate/local/bisection.jsonl'))).toBe(false);
});

const kept = (lines: unknown[]): KeptLines => ({ read: () => lines, keepFirst() {}, add() {}, forget() {} });

it('uses only those kept results that this search would have asked for', () => {
  const ends = (log: number) => ({ round: [8, 0].map((at) => ({ at, log: at === 0 ? 0 : log })), executions: 2 });
  const five = Array.from({ length: 5 }, (_, i) => ends(0.1 + i / 1000));
  expect(courseOf(8, kept(five)).searching.next()).toMatchObject({ do: 'measure', at: [0, 3, 5] });
  const foreign = [
    { round: [{ at: 7, log: 1 }], executions: 1 },
    { round: [{ at: 0, log: 'x' }], executions: 1 },
    { left: 0, why: 'the good end', executions: 0 },
    { not_confirmed: { after: 1, up_to: 2, chance: 1 }, executions: 5 },
    'junk',
  ];
  for (const one of foreign) expect(courseOf(8, kept([...five, one, ...five])).resumed).toBe(10);
});

it('refuses ends that are not on one line of commits', async () => {
  const { repo, ids } = line([{}, {}]);
  const swapped = await bisect(repo, ids[2]!, ids[0]!);
  expect(swapped).toMatchObject({ code: 2, error: { code: 'not_in_line' } });
  expect(swapped.error!.hint).toContain(`perf-gate bisect ${ids[0]!.slice(0, 10)} ${ids[2]!.slice(0, 10)}`);
  expect(await bisect(repo, ids[0]!)).toMatchObject({ code: 2, error: { code: 'usage' } });
  expect(await bisect(repo, ids[0]!, ids[0]!)).toMatchObject({ code: 2, error: { code: 'not_in_line' } });
});

it('finds a change of 10 % in 64 commits at a noise of 5 %, and names no other commit', () => {
  const ends = Array.from({ length: 60 }, (_, i) => {
    const first = 1 + ((i * 37) % 64);
    return { first, ...bisected({ commits: 64, first, pct: 10, noise: 0.05, seed: `ci ${i}` }) };
  });
  expect(ends.filter(({ found, first }) => found !== null && found !== first)).toEqual([]);
  expect(ends.filter(({ found, first }) => found === first).length).toBeGreaterThanOrEqual(58);
});

it('stops if nothing changes from one end to the other', () => {
  const searching = search(8);
  for (let step = searching.next(); ; step = searching.next()) {
    if (step.do === 'stop') return expect(step.why).toBe('no_change');
    if (step.do === 'judge') return expect.unreachable();
    searching.saw(step.at.map((at) => ({ at, log: at === 8 ? 0.01 : 0.01 })));
  }
});

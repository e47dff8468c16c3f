import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { perfGate } from '../helpers/cli.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';

const perfgate = perfGate();

type Benchmark = { name: string; answer: string; improvement_pct: number; ci95_pct: [number, number]; pairs: number };
type Suite = {
  comparison: string;
  verdict: string;
  benchmarks: Benchmark[];
  added: string[];
  removed: string[];
  geometric_mean: { improvement_pct: number; ci95_pct: [number, number] };
  executions: number;
  error?: { code: string; message: string };
};

/** Prints a number with a little noise that does not depend on the machine. */
const noisy = (figure: string) => `$((${figure} * 10 + $(od -An -N1 -tu1 /dev/urandom) % 30))`;

const shared = {
  version: 1,
  repro: { timeout_s: 20 },
  metrics: { primary: { name: 'work', source: { stdout: 'metric', key: 'work' } } },
  claim: 'no_worse',
  threshold: { no_worse_pct: 3 },
  profiler: 'none',
};
const bench = '. ./work.sh\neval "v=\\$$1"; test "$v" != fail || exit 7\n';
const listed = {
  ...shared,
  guards: { protected: ['bench.sh'] },
  benchmarks: [
    { name: 'parse', repro: { script: 'sh bench.sh a' } },
    { name: 'print', repro: { script: 'sh bench.sh b' } },
    { name: 'sort', repro: { script: 'sh bench.sh c' }, claim: 'proven', threshold: { pct_min: 10 } },
  ],
};
const work = (a: string | number, b: string | number, c: string | number) => `a=${a}\nb=${b}\nc=${c}\n`;

function two(
  head: Record<string, string>,
  contract: object = listed,
  more: Record<string, string> = {},
): TestRepository {
  const benchSh = `${bench}echo "METRIC work=${noisy('v')}"\n`;
  const repo = repository({
    'c.yaml': stringify(contract),
    'bench.sh': benchSh,
    'work.sh': work(100, 200, 300),
    ...more,
  });
  repo.git('checkout', '--quiet', '-b', 'change');
  for (const [path, text] of Object.entries(head)) repo.write(path, text);
  repo.commit('the change');
  return repo;
}

const compare = (repo: TestRepository, ...more: string[]) =>
  perfgate.json<Suite>(repo.root, 'compare', 'main', 'change', '--contract', 'c.yaml', ...more);

const answers = ({ benchmarks }: Suite) => Object.fromEntries(benchmarks.map(({ name, answer }) => [name, answer]));

it('names the benchmark that became slower, and proves a claimed gain', async () => {
  const repo = two({ 'work.sh': work(100, 230, 250), 'bench.sh': 'echo METRIC work=1\n' });
  const ended = await compare(repo, '--junit', 'report.xml');
  expect(ended).toMatchObject({ code: 1, verdict: 'rejected', protected_from_base: ['bench.sh'] });
  expect(answers(ended)).toEqual({ parse: 'held', print: 'regressed', sort: 'proven' });
  expect(repo.read('report.xml').match(/<testcase [^>]*><[\w-]+/g)).toEqual([
    '<testcase classname="perf-gate" name="parse"><system-out',
    '<testcase classname="perf-gate" name="print"><failure',
    '<testcase classname="perf-gate" name="sort"><system-out',
  ]);
  const [, slow] = ended.benchmarks;
  expect(slow!.ci95_pct[0]).toBeLessThanOrEqual(slow!.improvement_pct);
  expect(slow!.improvement_pct).toBeLessThan(-10);
  // what is decided costs nothing more: 22 pairs of each would be 132 executions, and the warm-ups
  expect(ended.executions).toBeLessThan(100);
  const again = await perfgate.json<{ holds: boolean }>(repo.root, 'verify', ended.comparison);
  expect(again).toMatchObject({ code: 0, holds: true });
});

it('rejects a head in which a benchmark fails, and blames the environment if it fails on the base', async () => {
  const ended = await compare(two({ 'work.sh': work(100, 'fail', 250) }));
  expect(ended).toMatchObject({ code: 1, verdict: 'rejected' });
  expect(answers(ended)).toEqual({ parse: 'held', print: 'failed', sort: 'proven' });
  const broken = await compare(two({ 'work.sh': work(1, 1, 1) }, listed, { 'work.sh': work(100, 'fail', 300) }));
  expect(broken).toMatchObject({ code: 3, error: { code: 'command_failed' } });
  expect(broken.error!.message).toContain('benchmark print on the base');
});

it('judges every benchmark that one command prints, and names those that only one commit has', async () => {
  const result = (name: string, v: string) => `{"command":"${name}","times":[${noisy(v)}]}`;
  const tool = `. ./work.sh\ncat > out.json <<END\n{"results":[${result('one', '$a')},${result('two', '$b')},${result('$c', '5')}]}\nEND\n`;
  const contract = {
    ...shared,
    repro: { script: 'sh tool.sh', timeout_s: 20 },
    metrics: { primary: { name: 'mean', unit: 's', source: { format: 'hyperfine', file: 'out.json', key: '*' } } },
  };
  const head = { 'work.sh': work(100, 240, 'new') };
  const ended = await compare(two(head, contract, { 'tool.sh': tool, 'work.sh': work(100, 200, 'old') }));
  expect(ended).toMatchObject({ code: 1, added: ['new'], removed: ['old'] });
  expect(answers(ended)).toEqual({ one: 'held', two: 'regressed' });
});

it('uses the margin of the command line, and cannot be the contract of a run', async () => {
  const { claim: _, threshold: __, ...open } = listed;
  const repo = two({ 'work.sh': work(101, 201, 250) }, { ...open, benchmarks: listed.benchmarks });
  const ended = await compare(repo, '--no-worse-than', '5%');
  expect(ended).toMatchObject({ code: 0, verdict: 'accepted' });
  expect(answers(ended)).toEqual({ parse: 'held', print: 'held', sort: 'proven' });
  const refused = await perfgate.json<Suite>(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes');
  expect(refused).toMatchObject({ code: 2, error: { code: 'contract_is_suite' } });
});

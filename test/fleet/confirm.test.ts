import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { comparisonIds } from '../../src/record/runs.ts';
import { hasPostgres } from '../helpers/postgres.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { benchFiles } from './bench.ts';
import { fleet, project } from './set-up.ts';
import { until } from './workers.ts';

type Both = { verdict: string; comparisons: { comparison: string; verdict: string; host: string; class: string }[] };

const objectOf = (printed: string) => JSON.parse(printed.split('\n').find((line) => line.startsWith('{'))!) as Both;

/** A change that only the host `one` gains from. */
function goodOnOne(): TestRepository {
  const repo = repository(benchFiles(false));
  repo.write('work.sh', 'STEPS=100\n[ "$BENCH_HOST" != one ] || STEPS=50\nANSWER=42\n');
  repo.commit('half the work on one');
  return repo;
}

/** Two benchmarks, of which the head makes one worse on the host `two`. */
function suiteWorseOnTwo(): TestRepository {
  const contract = stringify({
    version: 1,
    repro: { measurement_runs: 3, max_runs: 3 },
    metrics: { primary: { name: 'n', unit: 'steps', source: { stdout: 'metric', key: 'n' }, deterministic: true } },
    claim: 'no_worse',
    threshold: { no_worse_pct: 3 },
    profiler: 'none',
    room: 'off',
    benchmarks: ['one', 'two'].map((name) => ({ name, repro: { script: `sh ${name}.sh` } })),
  });
  const repo = repository({ 'c.yaml': contract, 'one.sh': 'echo METRIC n=1\n', 'two.sh': 'echo METRIC n=2\n' });
  repo.write('two.sh', '[ "$BENCH_HOST" = two ] && echo METRIC n=3 || echo METRIC n=2\n');
  repo.commit('worse on two');
  return repo;
}

const words = (root: string) => ['compare', 'main~1', 'main', '--contract', 'c.yaml', '--cwd', root];

describe.skipIf(!hasPostgres())('a verdict that must hold on two classes', { timeout: 300_000 }, () => {
  const f = fleet();
  const workers = async () => {
    await f.worker('one');
    await f.worker('two', '--class', 'loud');
  };
  const confirm = (root: string, ...words: string[]) => f.compare(root, '--confirm-on', 'loud', ...words);

  it('accepts if both classes accept, and puts both records into one proof', async () => {
    const { root, read } = project();
    await workers();
    const asked = confirm(root, '--junit', join(root, 'tests.xml'));
    expect(await asked.ended, asked.printed()).toBe(0);
    const { verdict, comparisons } = objectOf(asked.printed());
    expect([verdict, comparisons]).toMatchObject([
      'accepted',
      [
        { verdict: 'accepted', host: 'one', class: 'quiet' },
        { verdict: 'accepted', host: 'two', class: 'loud' },
      ],
    ]);
    const [first, second] = comparisons.map(({ comparison }) => comparison);
    expect(read(`.perf-gate/comparisons/${first}/comparison.md`)).toMatch(/^class: quiet\nconfirm_on: loud$/m);
    expect(read(`.perf-gate/comparisons/${second}/comparison.md`)).toContain(`confirms: ${first}`);
    for (const named of [first!, second!]) {
      const proof = f.start(['proof', named, '--output', join(root, 'both.proof.json'), '--json', '--cwd', root]);
      expect(await proof.ended, proof.printed()).toBe(0);
      expect(JSON.parse(proof.printed())).toMatchObject({ id: first });
    }
    const judged = f.start(['verify', join(root, 'both.proof.json')]);
    expect(await judged.ended, judged.printed()).toBe(0);
    expect(judged.printed()).toMatch(/\nin the proof +accepted .*\non loud +accepted .*\nTogether: accepted\./);
    expect(readFileSync(join(root, 'tests.xml'), 'utf8')).toMatch(/steps on quiet.*steps on loud/s);
  });

  it('rejects if one class rejects', async () => {
    const { root } = goodOnOne();
    await workers();
    const asked = f.start([...words(root), '--on', 'loud', '--confirm-on', 'quiet']);
    expect(await asked.ended, asked.printed()).toBe(1);
    expect(asked.printed()).toMatch(
      /\n {2}loud {3}two {2}rejected\n {2}quiet {2}one {2}accepted\nTogether: rejected\./,
    );
  });

  it('works for a suite, and puts both records into one proof', async () => {
    const { root } = suiteWorseOnTwo();
    await workers();
    const asked = f.start([...words(root), '--on', 'quiet', '--confirm-on', 'loud', '--markdown']);
    expect(await asked.ended, asked.printed()).toBe(1);
    expect(asked.printed()).toMatch(/^<!--.*-->\n\n\*\*On quiet\*\*.*\*\*On loud\*\*.*\*\*Together: rejected\.\*\*/ms);
    const [first] = comparisonIds(root);
    const proof = f.start(['proof', first!, '--output', join(root, 'both.proof.json'), '--cwd', root]);
    expect(await proof.ended, proof.printed()).toBe(0);
    const judged = f.start(['verify', join(root, 'both.proof.json'), '--json']);
    expect(await judged.ended, judged.printed()).toBe(0);
    expect(JSON.parse(judged.printed())).toMatchObject({
      of: 'suite',
      together: 'rejected',
      verdicts: [{ verdict: 'accepted' }, { verdict: 'rejected' }],
      notes: [{ code: 'elsewhere_disagrees' }],
    });
  });

  it('measures on this machine first without --on', async () => {
    const { root } = project();
    await workers();
    const asked = f.start([...words(root), '--json', '--confirm-on', 'loud']);
    expect(await asked.ended, asked.printed()).toBe(0);
    expect(objectOf(asked.printed()).comparisons).toMatchObject([{ class: null }, { class: 'loud', host: 'two' }]);
  });

  it('refuses two hosts of one class, and ends both jobs if one fails', async () => {
    const repo = project(true);
    rmSync(f.gate(), { force: true });
    await workers();
    const same = f.compare(repo.root, '--confirm-on', 'one');
    expect(await same.ended).toBe(2);
    expect(same.printed()).toMatch(/“quiet” and “one” are both of the class quiet/);
    repo.write('c.yaml', repo.read('c.yaml').replace('sh bench.sh', 'test $BENCH_HOST = one && sh bench.sh'));
    const failing = confirm(repo.root);
    expect(await failing.ended, failing.printed()).toBe(3);
    expect(failing.printed()).toContain('"code":"command_failed"');
    await until(async () => (await f.jobs()).length === 0);
  });
});

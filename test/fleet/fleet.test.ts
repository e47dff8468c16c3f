import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPostgres } from '../helpers/postgres.ts';
import { work } from './bench.ts';
import { fleet, project } from './set-up.ts';
import { overlaps, until } from './workers.ts';

type Compared = { verdict: string; host: string; class: string; job: string; comparison: string };

const ofLast = (printed: string) => JSON.parse(printed.split('\n').find((line) => line.startsWith('{'))!) as Compared;

describe.skipIf(!hasPostgres())('a fleet', { timeout: 300_000 }, () => {
  const f = fleet();

  /** What a job leaves for good: a line in the history, and an answer. */
  async function nothingIsLeft() {
    expect(readdirSync(join(f.home(), 'tmp')).filter((name) => name.startsWith('perf-gate-'))).toEqual([]);
    for (const table of ['source', 'line']) expect(await f.sql(`SELECT * FROM perf_gate.${table}`)).toEqual([]);
    expect(await f.sql('SELECT job FROM perf_gate.result WHERE record IS NOT NULL')).toEqual([]);
    for (const host of ['one', 'two']) {
      const arms = join(f.home(), `cache-${host}`, 'perf-gate/arms');
      expect(existsSync(arms) ? readdirSync(arms) : []).toEqual([]);
    }
  }

  it('reports missing tables before the first worker, and unknown classes after it', async () => {
    const { root } = project();
    const early = f.compare(root);
    expect(await early.ended).toBe(2);
    expect(early.printed()).toContain('fleet_not_set_up');
    await Promise.all([f.worker('one'), f.worker('two')]); // both find no tables
    const elsewhere = f.compare(root, '--on', 'loud');
    expect(await elsewhere.ended).toBe(2);
    expect(elsewhere.printed()).toMatch(/no class and no host “loud”\. It has one, quiet, two/);
  });

  it('gives the same verdict and record as a comparison on this machine, with the host', async () => {
    const repo = project();
    await f.worker('one');
    const there = f.compare(repo.root);
    const here = f.start(['compare', 'main~1', 'main', '--contract', 'c.yaml', '--json', '--cwd', repo.root]);
    expect(await there.ended).toBe(0);
    expect(await here.ended).toBe(0);
    const [one, other] = [ofLast(there.printed()), ofLast(here.printed())];
    expect(one).toMatchObject({ verdict: 'accepted', host: 'one', class: 'quiet' });
    expect(Object.keys(one)).toEqual([...Object.keys(other), 'host', 'class', 'job']);
    for (const key of ['verdict', 'reasons', 'primary', 'samples', 'base', 'head'] as const)
      expect(one[key as keyof Compared]).toEqual(other[key as keyof Compared]);
    const record = repo.read(`.perf-gate/comparisons/${one.comparison}/comparison.md`);
    expect(record).toMatch(/^host: one$/m);
    expect(readdirSync(join(repo.root, '.perf-gate/comparisons', one.comparison, 'samples'))).not.toEqual([]);
    await nothingIsLeft();
  });

  it('reports the error of a comparison that fails on the host, with its exit code', async () => {
    const repo = project();
    repo.write('c.yaml', repo.read('c.yaml').replace('sh bench.sh', 'sh gone.sh'));
    await f.worker('one');
    const failed = f.compare(repo.root);
    expect(await failed.ended).toBe(3);
    expect(failed.printed()).toContain('"code":"command_failed"');
    expect(await f.sql('SELECT key FROM perf_gate.request WHERE key IS NOT NULL')).toEqual([]);
  });

  it('judges suites and bisects with the same result as this machine', async () => {
    const repo = project();
    const suite = `version: 1
metrics: { primary: { name: steps, unit: steps, source: { stdout: metric, key: steps } } }
claim: no_worse
threshold: { no_worse_pct: 3 }
guards: { protected: [bench.sh] }
profiler: none
benchmarks:
  - { name: one, repro: { script: sh bench.sh } }
  - { name: other, repro: { script: "sh bench.sh; true" } }
`;
    repo.write('suite.yaml', suite);
    repo.write(
      'one.yaml',
      repo.read('c.yaml').replace('measurement_runs: 5, max_runs: 8, ', '').replace(', deterministic: true', ''),
    );
    await f.worker('one');
    const judged = f.compare(repo.root, '--contract', 'suite.yaml');
    expect(await judged.ended, judged.printed()).toBe(0);
    const { comparison, host } = ofLast(judged.printed());
    expect(host).toBe('one');
    expect(repo.read(`.perf-gate/comparisons/${comparison}/suite.md`)).toMatch(/^host: one$/m);
    const [good, first, last] = ['halve', 'double', 'touch'].map((message, i) => {
      repo.write('work.sh', work(i === 0 ? 50 : 100));
      repo.write('n', message);
      repo.git('add', 'work.sh', 'n');
      repo.git('commit', '--quiet', '--message', message);
      return repo.git('rev-parse', 'HEAD');
    });
    const words = ['--contract', 'one.yaml', '--on', 'quiet', '--json', '--cwd', repo.root];
    const bisected = f.start(['bisect', good!, last!, ...words]);
    expect(await bisected.ended, bisected.printed()).toBe(0);
    expect(ofLast(bisected.printed())).toMatchObject({ outcome: 'found', first_bad: first, before: good, host: 'one' });
    await nothingIsLeft();
  });

  it('measures one job at a time on each host, and each job once', async () => {
    rmSync(join(f.home(), 'executions.log'), { force: true });
    await Promise.all([f.worker('one'), f.worker('two')]);
    const before = (await f.history()).length;
    const clients = Array.from({ length: 4 }, () => f.compare(project().root));
    for (const client of clients) expect(await client.ended, client.printed()).toBe(0);
    const attempts = (await f.history()).slice(0, -before);
    expect(attempts).toHaveLength(4);
    expect(new Set(attempts.map(({ job }) => job)).size).toBe(4);
    expect(attempts.every(({ how }) => how === 'done')).toBe(true);
    expect(overlaps(f.executions())).toEqual([]);
    await nothingIsLeft();
  });

  it('gives the job of a killed worker to another worker, which does it once', async () => {
    rmSync(f.gate(), { force: true });
    const one = await f.worker('one', '--lease', '10');
    const client = f.compare(project(true).root);
    await f.at('one');
    one.child.kill('SIGKILL');
    await f.worker('two');
    await f.at('two');
    writeFileSync(f.gate(), '');
    expect(await client.ended, client.printed()).toBe(0);
    expect(ofLast(client.printed()).host).toBe('two');
    const { job } = ofLast(client.printed());
    const attempts = (await f.history()).filter((one) => one.job === job);
    expect(attempts.at(-1)).toMatchObject({ attempt: 1, host: 'one', how: 'its worker fell silent' });
    expect(attempts.filter(({ how }) => how === 'done')).toMatchObject([{ host: 'two' }]);
    const again = await f.worker('one'); // it clears away what the killed one left
    again.child.kill('SIGTERM');
    await again.ended;
    await nothingIsLeft();
  });

  it('refuses the late answer of a frozen worker', async () => {
    rmSync(f.gate(), { force: true });
    const one = await f.worker('one', '--lease', '10');
    const client = f.compare(project(true).root);
    await f.at('one');
    one.child.kill('SIGSTOP');
    await f.worker('two');
    await f.at('two');
    writeFileSync(f.gate(), '');
    expect(await client.ended, client.printed()).toBe(0);
    const { job, host } = ofLast(client.printed());
    expect(host).toBe('two');
    one.child.kill('SIGCONT');
    await until(async () => (await f.sql('SELECT 1 FROM perf_gate.host WHERE job IS NOT NULL')).length === 0);
    expect(await f.sql(`SELECT host FROM perf_gate.result WHERE job = '${job}'`)).toEqual([{ host: 'two' }]);
    await nothingIsLeft();
  });

  it('cancels a job when its client gets Ctrl-C', async () => {
    rmSync(f.gate(), { force: true });
    const one = await f.worker('one');
    const client = f.compare(project(true).root);
    await f.at('one');
    client.child.kill('SIGINT');
    expect(await client.ended).toBe(130);
    await until(async () => (await f.sql('SELECT 1 FROM perf_gate.host WHERE job IS NOT NULL')).length === 0);
    expect((await f.history())[0]).toMatchObject({ attempt: 1, how: 'cancelled, or taken over' });
    expect(one.child.exitCode).toBe(null);
    await nothingIsLeft();
  });

  it('continues a job whose client died, even if PostgreSQL restarts', async () => {
    rmSync(f.gate(), { force: true });
    await f.worker('one');
    const { root } = project(true);
    const first = f.compare(root);
    await f.at('one');
    first.child.kill('SIGKILL');
    const second = f.compare(root);
    await until(() => /is on one/.test(second.printed()));
    await f.postgres().restart();
    writeFileSync(f.gate(), '');
    expect(await second.ended, second.printed()).toBe(0);
    const { job } = ofLast(second.printed());
    const done = (await f.history()).filter((one) => one.job === job && one.how === 'done');
    expect(done).toHaveLength(1);
    await nothingIsLeft();
  });

  it('gives no job to a drained host, and only allowed contracts to a worker', async () => {
    const repo = project();
    const one = await f.worker('one', '--allow', '0'.repeat(16));
    expect(await f.start(['fleet', 'drain', 'one', '--reason', 'new kernel']).ended).toBe(0);
    await until(() => one.printed().includes('one takes no jobs: new kernel'));
    const client = f.compare(repo.root, '--on', 'one');
    await until(() => client.printed().includes('It waits because one takes no jobs now: new kernel.'));
    await until(async () => (await f.jobs()).length === 1);
    expect(await f.jobs()).toMatchObject([{ state: 'waiting', on: 'one', base: 'main~1', part: null, attempts: 0 }]);
    expect((await f.hosts()).filter(({ host }) => host === 'one')).toMatchObject([
      { state: 'held', held: 'new kernel' },
    ]);
    expect(await f.start(['fleet', 'drain', 'one', '--undo']).ended).toBe(0);
    expect(await client.ended, client.printed()).toBe(3);
    expect(client.printed()).toMatch(/"code":"fleet_not_allowed".*whose hash is [0-9a-f]{64}/);
    const hash = /hash is ([0-9a-f]{64})/.exec(client.printed())![1]!;
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
    const other = await f.worker('one', '--allow', hash.slice(0, 12), '--once');
    expect(await f.compare(repo.root).ended).toBe(0);
    expect(await other.ended).toBe(0);
    expect(await f.start(['fleet', 'retry', hash.slice(0, 8)]).ended).toBe(2);
  });

  it('fetches commits from an allowed repository, and refuses commits that travel with the job', async () => {
    const repo = project();
    const remote = join(f.home(), 'remote.git');
    repo.git('clone', '--quiet', '--bare', '.', remote);
    await f.worker('one', '--allow', remote);
    const fetched = f.compare(repo.root, '--remote', remote);
    expect(await fetched.ended, fetched.printed()).toBe(0);
    expect(ofLast(fetched.printed())).toMatchObject({ verdict: 'accepted', host: 'one' });
    const sent = f.compare(repo.root);
    expect(await sent.ended).toBe(3);
    expect(sent.printed()).toContain('"code":"fleet_remote_refused"');
    const other = f.compare(repo.root, '--remote', `${remote}/../other.git`);
    expect(await other.ended).toBe(3);
    expect(other.printed()).toContain('"code":"fleet_remote_refused"');
    repo.commit('not pushed');
    const unknown = f.compare(repo.root, '--remote', remote);
    expect(await unknown.ended).toBe(2);
    expect(unknown.printed()).toContain('"code":"not_on_remote"');
    await nothingIsLeft();
  });

  it('gives no job to a host whose speed changed, or that is busy', async () => {
    const first = await f.worker('three', '--unchecked');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    await f.sql(
      `UPDATE perf_gate.host SET speed = '{"loop_ms": 0.1, "spread_pct": 0.1, "at": "2026-11-01T00:00:00Z"}' WHERE name = 'three'`,
    );
    const checked = f.start(['worker', '--class', 'other', '--host', 'three', '--busy', '100'], 'three');
    await until(
      () => /three takes no jobs: its (speed changed|measurements are unreliable)/.test(checked.printed()),
      () => checked.printed(),
    );
    const [three] = (await f.hosts()).filter(({ host }) => host === 'three');
    expect(three).toMatchObject({ class: 'other', state: 'held' });
    checked.child.kill('SIGTERM');
    expect(await checked.ended).toBe(0);
    expect(await f.start(['fleet', 'drain', 'three', '--undo']).ended).toBe(0);
    const busy = f.start(['worker', '--class', 'other', '--host', 'three', '--busy', '0', '--unchecked'], 'three');
    await until(
      () => /three takes no jobs: it waits until less than 0 % of its processors/.test(busy.printed()),
      () => busy.printed(),
    );
  });
});

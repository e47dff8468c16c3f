import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasPostgres } from '../helpers/postgres.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { benchFiles, work } from './bench.ts';
import { fleet } from './set-up.ts';
import { type TestWorker, until } from './workers.ts';

type Ended = { outcome: string; run: string; attempts: { verdict: string; host: string }[] };

const last = (worker: TestWorker) =>
  JSON.parse(
    worker
      .printed()
      .split('\n')
      .findLast((line) => line.startsWith('{'))!,
  ) as Ended;

describe.skipIf(!hasPostgres())('a run whose sessions are measured by a fleet', { timeout: 300_000 }, () => {
  const f = fleet();
  const FIX = "sed -i 's/STEPS=100/STEPS=50/' work.sh";

  const start = (repo: TestRepository, ...words: string[]) =>
    f.start([
      ...['start', 'halve the work', '--contract', 'c.yaml', '--yes', '--fix-command', FIX],
      ...['--on', 'quiet', '--json', '--cwd', repo.root, ...words],
    ]);

  const artifacts = (repo: TestRepository, part: RegExp) =>
    Object.entries(repo.files()).flatMap(([path, text]) => (part.test(path) ? [text] : []));

  it('measures every session on one host, keeps its samples, and verify agrees', async () => {
    const repo = repository(benchFiles(false));
    await f.worker('one');
    await f.worker('two');
    const started = start(repo);
    expect(await started.ended, started.printed()).toBe(0);
    expect(last(started)).toMatchObject({ outcome: 'accepted', attempts: [{ verdict: 'accepted' }] });
    expect(repo.read('work.sh')).toBe(work(50));
    expect(started.printed()).toMatch(/Job \w+ is on (one|two)\./);

    const done = await f.history();
    expect(done.map(({ head, how }) => [head, how]).reverse()).toEqual([
      [expect.stringMatching(/-baseline-aa-1$/), 'done'],
      ['attempt-01-screen', 'done'],
      ['report', 'done'],
    ]);
    const [host] = new Set(done.map((one) => one.host));
    expect(done.every((one) => one.host === host)).toBe(true);
    expect(last(started).attempts[0]!.host).toBe(host);
    for (const part of [/-baseline\.md$/, /-remeasure\.md$/])
      expect(artifacts(repo, part)[0]).toMatch(new RegExp(`measured by \\w+ on ${host}`));
    const verified = f.start(['verify', '--json', '--cwd', repo.root]);
    expect(await verified.ended, verified.printed()).toBe(0);
    expect(await f.sql('SELECT session FROM perf_gate.result WHERE record IS NOT NULL')).toEqual([]);
  });

  it('cancels its job at Ctrl-C, and continues the same job after its client died', async () => {
    const files = benchFiles(true);
    const bench = files['bench.sh']!.replace('while', '[ "$BENCH_HOST" = client ] || while');
    const repo = repository({ ...files, 'bench.sh': bench });
    const resume = () => f.start(['resume', '--json', '--cwd', repo.root]);
    rmSync(f.gate(), { force: true });
    await f.worker('one');
    const before = await f.history();
    const started = start(repo);
    await f.at('one');
    started.child.kill('SIGINT');
    expect(await started.ended, started.printed()).toBe(130);
    await until(async () => (await f.sql('SELECT 1 FROM perf_gate.host WHERE job IS NOT NULL')).length === 0);
    expect(await f.jobs()).toEqual([]);
    const dying = resume();
    await Promise.race([f.at('one'), dying.ended.then(() => Promise.reject(new Error(dying.printed())))]);
    dying.child.kill('SIGKILL');
    await dying.ended;
    const ending = resume();
    writeFileSync(f.gate(), '');
    expect(await ending.ended, ending.printed()).toBe(0);
    expect(last(ending)).toMatchObject({ outcome: 'accepted' });
    const done = (await f.history()).slice(0, -before.length || undefined).reverse();
    expect(done.map(({ head, how }) => [head.replace(/^\d+-/, ''), how])).toEqual([
      ['baseline-aa-1', 'cancelled, or taken over'],
      ['baseline-aa-1', 'done'],
      ['attempt-01-screen', 'done'],
      ['report', 'done'],
    ]);
  });

  it('measures the base on another host first, if the host of the baseline left', async () => {
    const repo = repository(benchFiles(false));
    rmSync(f.gate(), { force: true });
    const held = `touch "$BENCH_GATE.fixing"; while [ ! -e "$BENCH_GATE" ]; do sleep 0.1; done; ${FIX}`;
    const one = await f.worker('one');
    const before = await f.history();
    const started = start(repo, '--fix-command', held);
    await until(
      () => existsSync(`${f.gate()}.fixing`),
      () => started.printed(),
    );
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
    await f.worker('two');
    writeFileSync(f.gate(), '');
    expect(await started.ended, started.printed()).toBe(0);
    expect(last(started)).toMatchObject({ outcome: 'accepted', attempts: [{ host: 'two' }] });
    const done = (await f.history()).slice(0, -before.length || undefined).reverse();
    expect(done.map(({ host, head }) => [host, head.replace(/^\d+-/, '')])).toEqual([
      ['one', 'baseline-aa-1'],
      ['two', 'attempt-01-control-1'],
      ['two', 'attempt-01-screen'],
      ['two', 'report'],
    ]);
    const verified = f.start(['verify', '--json', '--cwd', repo.root]);
    expect(await verified.ended, verified.printed()).toBe(0);
  });

  it('refuses a contract that needs this machine', async () => {
    const files = benchFiles(false);
    const repo = repository({ ...files, 'c.yaml': `${files['c.yaml']}isolation: in_place\norder: sequential\n` });
    const started = start(repo);
    expect(await started.ended).toBe(2);
    expect(started.printed()).toContain('does not support isolation: in_place of the contract');
    expect(repo.read('work.sh')).toBe(work(100));
  });
});

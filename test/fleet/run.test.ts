import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPostgres } from '../helpers/postgres.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { benchFiles, work } from './bench.ts';
import { fleet } from './set-up.ts';
import { type TestWorker, until } from './workers.ts';

type Ended = { outcome: string; run: string; attempts: { verdict: string }[]; findings?: unknown[] };

const last = (worker: TestWorker) =>
  JSON.parse(worker.printed().split('\n').findLast((line) => line.startsWith('{'))!) as Ended;

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

    const done = await f.history();
    expect(done.map(({ head, how }) => [head, how]).reverse()).toEqual([
      [expect.stringMatching(/-baseline-aa-1$/), 'done'],
      ['attempt-01-screen', 'done'],
      ['report', 'done'],
    ]);
    const [host] = new Set(done.map((one) => one.host));
    expect(done.every((one) => one.host === host)).toBe(true);
    for (const part of [/-baseline\.md$/, /-remeasure\.md$/])
      expect(artifacts(repo, part)[0]).toMatch(new RegExp(`measured by \\w+ on ${host}`));
    const verified = f.start(['verify', '--json', '--cwd', repo.root]);
    expect(await verified.ended, verified.printed()).toBe(0);
    expect(await f.sql('SELECT session FROM perf_gate.result WHERE record IS NOT NULL')).toEqual([]);
  });
});

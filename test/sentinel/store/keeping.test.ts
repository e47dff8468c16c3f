import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Audit } from '../../../src/sentinel/audit/audit.ts';
import type { Benchmark } from '../../../src/sentinel/benchmark/benchmark.ts';
import { keepAudit, latestAudit, type Subject, subjectOf } from '../../../src/sentinel/store/audits.ts';
import { keepBenchmark, latestBenchmark } from '../../../src/sentinel/store/benchmarks.ts';
import { sentinelHome } from '../../../src/sentinel/store/home.ts';
import { filesUnder, temporaryFolder } from '../../helpers/repository.ts';

const clockAt = (now: string) => ({ now: () => now, ms: () => 0 });
const subject: Subject = { project: '/project', plugins: null };
const homeIn = (cache: string) => ({ cache, data: join(cache, 'data') });

const auditOf = (score: number, level = 'overlay') =>
  ({
    hooks: [],
    events: [],
    findings: [],
    redundancy: [],
    recommendations: [],
    score,
    grade: 'A',
    coverage: 1,
    cage: { level },
    problems: [],
  }) as unknown as Audit;

const keep = (cache: string, now: string, score: number, of = subject) =>
  keepAudit(homeIn(cache), of, { audit: auditOf(score), conditions: null }, clockAt(now));

const latest = (cache: string, of = subject) => latestAudit(homeIn(cache), of)?.audit.score;

it('the folders are set by variables, else below the home folder', () => {
  const env = { HOME: '/home/me' };
  expect(sentinelHome(env)).toEqual({
    cache: '/home/me/.cache/claude-plugins/perf-sentinel',
    data: '/home/me/.local/share/perf-gate/sentinel',
  });
  expect(sentinelHome({ ...env, XDG_CACHE_HOME: '/c', XDG_DATA_HOME: '/d' })).toEqual({
    cache: '/c/claude-plugins/perf-sentinel',
    data: '/d/perf-gate/sentinel',
  });
  expect(sentinelHome({ ...env, XDG_CACHE_HOME: '/c', PERF_SENTINEL_HOME: '/own' }).cache).toBe('/own');
  expect(sentinelHome({ ...env, XDG_CACHE_HOME: 'relative' }).cache).toMatch(/^\/home\/me/);
  expect(() => sentinelHome({ PERF_SENTINEL_HOME: './here' })).toThrow(/PERF_SENTINEL_HOME is “\.\/here”/);
});

it('returns the newest audit of a subject, and keeps one for each day and subject', () => {
  const cache = join(temporaryFolder(), 'new');
  const other = { project: '/project', plugins: '/plugins' };
  keep(cache, '2026-01-28T09:00:00.000Z', 10);
  const first = keep(cache, '2026-01-28T12:00:00.000Z', 20);
  keep(cache, '2026-01-28T13:00:00.000Z', 30, other);
  expect(latest(cache)).toBe(20);
  expect(JSON.parse(readFileSync(first!.file!, 'utf8'))).toHaveLength(2);
  keep(cache, '2026-01-29T08:00:00.000Z', 40);
  expect(latestAudit(homeIn(cache), subject)).toMatchObject({ at: '2026-01-29T08:00:00.000Z', audit: { score: 40 } });
  expect(latest(cache, other)).toBe(30);
  expect(latest(cache, { project: '/elsewhere', plugins: null })).toBeUndefined();
  expect(Object.keys(filesUnder(cache)).sort()).toEqual([
    '.perf-sentinel',
    'audits/2026-01-28.json',
    'audits/2026-01-29.json',
  ]);
});

it('removes audits older than 90 days when it stores one, and no foreign files', () => {
  const cache = join(temporaryFolder(), 'new');
  keep(cache, '2026-01-01T09:00:00.000Z', 10);
  writeFileSync(join(cache, 'audits', 'notes.txt'), 'a person’s');
  keep(cache, '2026-04-01T09:00:00.000Z', 20);
  expect(existsSync(join(cache, 'audits/2026-01-01.json'))).toBe(true);
  keep(cache, '2026-04-02T09:00:00.000Z', 30);
  expect(Object.keys(filesUnder(join(cache, 'audits'))).sort()).toEqual([
    '2026-04-01.json',
    '2026-04-02.json',
    'notes.txt',
  ]);
});

it('an audit in which nothing was run is not stored, and a damaged one is skipped', () => {
  const cache = join(temporaryFolder(), 'new');
  expect(
    keepAudit(
      homeIn(cache),
      subject,
      { audit: auditOf(1, 'none'), conditions: null },
      clockAt('2026-01-28T09:00:00.000Z'),
    ),
  ).toBeNull();
  keep(cache, '2026-01-28T09:00:00.000Z', 10);
  const broken = [{ at: '2026-01-30T00:00:00.000Z', ...subject, audit: { score: 'high' } }, null, 7];
  writeFileSync(join(cache, 'audits/2026-01-30.json'), JSON.stringify(broken));
  writeFileSync(join(cache, 'audits/2026-01-31.json'), '[{"at":');
  expect(latest(cache)).toBe(10);
});

it('stores every benchmark of a day, and finds the newest of a hook', () => {
  const home = homeIn(join(temporaryFolder(), 'new'));
  const made = (id: string, p95: number) =>
    ({
      hooks: [{ id, state: 'run', runs: 20, wall: { p50: 1, p95 }, score: 90 }],
      cage: { level: 'overlay' },
    }) as unknown as Benchmark;
  const at = (hour: number) => clockAt(`2026-01-28T${hour}:00:00.000Z`);
  keepBenchmark(home, subject, made('a/Stop/1', 5), at(10));
  keepBenchmark(home, subject, made('a/Stop/1', 6), at(11));
  const way = { scenario: null, cage: made('a', 1).cage };
  const { file } = keepBenchmark(home, subject, made('b/Stop/1', 7), at(12))!;
  expect(file).toMatch(/benchmarks\/hooks-2026-01-28\.json$/);
  expect(latestBenchmark(home, subject, 'a/Stop/1', way)).toMatchObject({ at: '2026-01-28T11:00:00.000Z', p95: 6 });
  expect(latestBenchmark(home, subject, 'c/Stop/1', way)).toBeNull();
  expect(latestBenchmark(home, subject, 'a/Stop/1', { ...way, scenario: 'error' })).toBeNull();
});

it('a cache that cannot be written is reported, and is no error', () => {
  const cache = temporaryFolder();
  writeFileSync(join(cache, 'thesis.tex'), 'years of work');
  expect(keep(cache, '2026-01-28T09:00:00.000Z', 1)).toMatchObject({ problem: expect.stringContaining('thesis.tex') });
  expect(Object.keys(filesUnder(cache))).toEqual(['thesis.tex']);

  const linked = temporaryFolder();
  const elsewhere = temporaryFolder();
  symlinkSync(elsewhere, join(linked, 'audits'));
  expect(keep(linked, '2026-01-28T09:00:00.000Z', 1)).toMatchObject({ problem: expect.stringContaining('link') });
  expect(filesUnder(elsewhere)).toEqual({});

  const blocked = join(temporaryFolder(), 'file');
  writeFileSync(blocked, '');
  expect(keep(join(blocked, 'cache'), '2026-01-28T09:00:00.000Z', 1)!.problem).toBeTruthy();
});

it.runIf(process.getuid?.() !== 0)('a folder without the right to write is the same', () => {
  const cache = join(temporaryFolder(), 'cache');
  mkdirSync(cache);
  chmodSync(cache, 0o500);
  expect(keep(cache, '2026-01-28T09:00:00.000Z', 1)!.problem).toBeTruthy();
});

it('a subject is named by absolute paths', () => {
  expect(subjectOf('/a/b', undefined)).toEqual({ project: '/a/b', plugins: null });
  expect(subjectOf('/a/b', '../c')).toEqual({ project: '/a/b', plugins: '/a/c' });
});

import * as z from 'zod/mini';
import type { Clock } from '../../core/clock.ts';
import type { Benchmark, Way } from '../benchmark/benchmark.ts';
import { isOf, type Subject } from './audits.ts';
import { type Kept, keepInDay, keptEntries } from './day-file.ts';
import type { SentinelHome } from './home.ts';

/** A stored benchmark of a hook. `at`: ISO 8601; times in ms. */
export type KeptBenchmark = { at: string; runs: number; p50: number; p95: number; score: number };

/** Adds a benchmark to `benchmarks/hooks-DAY.json`. A benchmark is not stored if no hook was run in it. */
export function keepBenchmark(home: SentinelHome, subject: Subject, benchmark: Benchmark, clock: Clock): Kept | null {
  if (benchmark.cage.level === 'none') return null;
  const now = clock.now();
  return keepInDay(home, 'benchmarks', {
    entry: { at: now, ...subject, ...benchmark },
    replaces: () => false,
    now,
  });
}

/**
 * The newest stored benchmark of the hook with this id, if it was made in the same scenario and the same kind of cage. Null if no benchmark
 * matches.
 */
export function latestBenchmark(home: SentinelHome, subject: Subject, id: string, way: Way): KeptBenchmark | null {
  for (const entry of keptEntries(home, 'benchmarks')) {
    if (!isOf(entry, subject)) continue;
    const { data: read } = entrySchema.safeParse(entry);
    const { data: hook } = hookSchema.safeParse(read?.hooks.find((one) => one.id === id && one.state === 'run'));
    if (read && hook && wayOf(read) === wayOf(way))
      return { at: read.at, runs: hook.runs, p50: hook.wall.p50, p95: hook.wall.p95, score: hook.score };
  }
  return null;
}

const wayOf = ({ scenario, cage }: { scenario?: string | null | undefined; cage: object }): string => {
  const { level, network, state } = cage as Partial<Record<'level' | 'network' | 'state', string>>;
  return JSON.stringify([scenario ?? null, level, network, state]);
};

const entrySchema = z.looseObject({
  at: z.iso.datetime(),
  scenario: z.optional(z.nullable(z.string())),
  cage: z.looseObject({}),
  hooks: z.array(z.looseObject({ id: z.string(), state: z.string() })),
});

const hookSchema = z.looseObject({
  runs: z.number(),
  wall: z.looseObject({ p50: z.number(), p95: z.number() }),
  score: z.number(),
});

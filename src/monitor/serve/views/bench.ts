import { rise } from '../../../stats/change-point.ts';
import { median } from '../../../stats/robust.ts';
import { newestIn, type Stored } from '../../store/newest.ts';
import { type Seen, spanOf } from './seen.ts';

/** Values that are read, the newest, and series that are shown, those with the most. */
const MOST = 20_000;
const MOST_SERIES = 12;

/** One commit's value, in the unit of its series, with its interval of 95 % where that is known. `level`: the median of its side of the change. */
type Point = {
  t: number;
  commit: string;
  value: number;
  low: number | null;
  high: number | null;
  level: number;
};

/** A benchmark by commit. `change`: where its level moved; null where it did not. */
export type BenchSeries = {
  name: string;
  unit: string;
  lower_is_better: boolean;
  points: Point[];
  change: { t: number; commit: string; before: number; after: number; p: number; worse: boolean } | null;
};

/** The series of benchmarks, by the commits that were measured. */
export function bench(seen: Seen): { series: BenchSeries[] } {
  const byName = new Map<string, Stored[]>();
  for (const event of newestIn(seen.db, spanOf(seen), 'bench', MOST))
    byName.set(event.name, [...(byName.get(event.name) ?? []), event]);
  const all = [...byName.values()].sort((a, b) => b.length - a.length).slice(0, MOST_SERIES);
  return { series: all.flatMap((events) => seriesOf(events) ?? []) };
}

function seriesOf(events: readonly Stored[]): BenchSeries | null {
  const read = events.flatMap(({ t, duration_ms, attributes: { commit, value = duration_ms, ci_low, ci_high } }) =>
    typeof value === 'number' && typeof commit === 'string'
      ? [{ t, commit, value, low: numberIn(ci_low), high: numberIn(ci_high) }]
      : [],
  );
  const last = events.at(-1);
  if (!last || read.length === 0) return null;
  const { unit, lower_is_better } = last.attributes;
  const lowerIsBetter = lower_is_better !== false;
  const change = changeIn(
    read.map(({ value }) => value),
    lowerIsBetter,
  );
  const at = change?.at ?? 0;
  const levelOf = (side: typeof read) => median(side.map(({ value }) => value));
  const after = levelOf(read.slice(at));
  const before = at === 0 ? after : levelOf(read.slice(0, at));
  return {
    name: last.name,
    unit: typeof unit === 'string' ? unit : 'ms',
    lower_is_better: lowerIsBetter,
    points: read.map((point, i) => ({ ...point, level: i < at ? before : after })),
    change: change && {
      ...{ t: read[at]!.t, commit: read[at]!.commit, before, after },
      ...{ p: change.p, worse: change.worse },
    },
  };
}

/** The likeliest change of the level in either direction, if it is beyond chance. */
function changeIn(values: readonly number[], lowerIsBetter: boolean) {
  const up = rise([...values], LEAST_A_SIDE);
  const down = rise(
    values.map((value) => -value),
    LEAST_A_SIDE,
  );
  const found = [up && { ...up, worse: lowerIsBetter }, down && { ...down, worse: !lowerIsBetter }]
    .flatMap((one) => one ?? [])
    .sort((a, b) => a.p - b.p)[0];
  return found && found.p <= MOST_P ? found : null;
}

/** As for cases: see `changePoint` in analytics/shift.ts. */
const LEAST_A_SIDE = 3;
const MOST_P = 0.005;

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

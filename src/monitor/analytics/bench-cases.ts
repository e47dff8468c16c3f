import { sha256 } from '../../core/hash.ts';
import { dayName } from '../../core/time.ts';
import { type BenchLine, placeName } from './by-commit.ts';
import type { Case } from './cases.ts';

/** A benchmark in which a level shift for the worse was found. */
type WorseLine = BenchLine & { worse: NonNullable<BenchLine['worse']> };

export const isWorse = (line: BenchLine): line is WorseLine => line.worse !== null;

/**
 * Updates the cases of benchmarks according to the current measurements. A benchmark that got worse opens a case. An open case is marked as
 * gone if its benchmark is no longer worse, or if the level shift now lies between other commits. If the benchmark of a proved case is no
 * longer worse, the case's `returned` is set to `today`. `today`: a day such as `2026-11-29`.
 */
export function withBenchCases(kept: readonly Case[], lines: readonly BenchLine[], today: string): Case[] {
  const now = new Set(lines.filter(isWorse).map(caseId));
  const series = lines.map(seriesName);
  const level = lines.filter(({ worse }) => worse === null).map(seriesName);
  const isOf =
    ({ id }: Case) =>
    (name: string) =>
      id.startsWith(`${name} `);
  const isGone = (one: Case) => one.state === 'open' && !now.has(one.id) && series.some(isOf(one));
  const isBack = (one: Case) => one.state === 'proved' && one.returned === null && level.some(isOf(one));
  const known = new Set(kept.map(({ id }) => id));
  return [
    ...kept.map((one) => {
      if (isGone(one)) return { ...one, state: 'gone' as const, closed: today };
      return isBack(one) ? { ...one, returned: today } : one;
    }),
    ...lines
      .filter(isWorse)
      .filter((line) => !known.has(caseId(line)))
      .map((line) => caseOf(line, today)),
  ];
}

/** The id of a case: its series and the two commits between which the level shift lies. */
export const caseId = (line: WorseLine): string =>
  `${seriesName(line)} ${line.worse.from.slice(0, 16)}..${line.worse.to.slice(0, 16)}`;

const seriesName = ({ name, metric, project, contract, machine, instrument }: BenchLine) =>
  `bench:${name} ${sha256(JSON.stringify([metric, project, contract, machine, instrument])).slice(0, 8)}`;

function caseOf(line: WorseLine, today: string): Case {
  const { from, to, before, after, shift_pct, p } = line.worse;
  const since = dayName(line.commits.find((one) => placeName(one) === to)!.time);
  return {
    id: caseId(line),
    ...{ metric: `bench.${line.metric}`, unit: line.unit, handler: `bench:${line.name}`, plugin: null },
    ...{ since, before, after, shift_pct, p },
    changed: { handler: { from, to }, load: null, payload_bytes: null, others: { risen: 0, of: 0 } },
    ...{ opened: today, closed: null, state: 'open', proof: null, files: null, left: null, returned: null },
  };
}

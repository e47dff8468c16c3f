import { type Day, dayOf } from '../../src/monitor/analytics/daily.ts';

/** The daily behaviour of a hook on a machine that also does other work. */
export type HistoryKind = {
  name: string;
  /** Runs on a day with runs, and the share of days without runs. */
  runs: number;
  idle: number;
  /** Spread of the runs of one day, and of the days, as standard deviations of logarithms. */
  spread: number;
  days: number;
  /** The share of a day's deviation that the next day inherits: 0 to 1. */
  memory: number;
  /** Share of busy days, and the factor by which all times grow on these days. */
  busy: number;
  busier: number;
  /** Share of runs that wait for a cold cache or the network, and the mean extra time of such runs, as a multiple. */
  slow: number;
  slower: number;
};

/** Kinds of a hook of 50 ms, chosen by hand: from an undisturbed hook to one that runs a few times a day and often waits. */
export const historyKinds: readonly HistoryKind[] = [
  {
    name: 'quiet',
    runs: 100,
    idle: 0,
    spread: 0.2,
    days: 0.04,
    memory: 0,
    busy: 0.02,
    busier: 1.2,
    slow: 0.002,
    slower: 50,
  },
  {
    name: 'typical',
    runs: 60,
    idle: 0,
    spread: 0.4,
    days: 0.08,
    memory: 0.3,
    busy: 0.03,
    busier: 1.3,
    slow: 0.01,
    slower: 12,
  },
  {
    name: 'noisy',
    runs: 30,
    idle: 0.1,
    spread: 0.7,
    days: 0.15,
    memory: 0.4,
    busy: 0.08,
    busier: 1.4,
    slow: 0.04,
    slower: 20,
  },
  {
    name: 'sparse',
    runs: 4,
    idle: 0.3,
    spread: 0.4,
    days: 0.08,
    memory: 0.3,
    busy: 0.03,
    busier: 1.3,
    slow: 0.03,
    slower: 20,
  },
];

/** A day with all its values. */
export type RecordedDay = Day & { values: readonly number[] };

/** A history of `length` days. From day `change.from` (0 is the first), every run takes `change.times` as long. */
export function history(kind: HistoryKind, length: number, random: () => number, change?: Change): RecordedDay[] {
  const days: RecordedDay[] = [];
  let off = kind.days * normal(random);
  for (let day = 0; day < length; day++) {
    off = kind.memory * off + kind.days * Math.sqrt(1 - kind.memory ** 2) * normal(random);
    const level =
      50 * Math.exp(off) * (random() < kind.busy ? kind.busier : 1) * (change && day >= change.from ? change.times : 1);
    if (random() < kind.idle) continue;
    const values = Array.from({ length: runsOf(kind, random) }, () => {
      const waits = random() < kind.slow ? 1 - kind.slower * Math.log(1 - random()) : 1;
      return level * Math.exp(kind.spread * normal(random)) * waits;
    });
    days.push({ ...dayOf(isoDay(day), values), values });
  }
  return days;
}

export type Change = { from: number; times: number };

/** Between 0.5 and 1.5 times the usual number of runs, at least one. */
const runsOf = ({ runs }: HistoryKind, random: () => number) => Math.max(1, Math.round(runs * (0.5 + random())));

export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Day 0 is 2026-01-01. */
export const isoDay = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);

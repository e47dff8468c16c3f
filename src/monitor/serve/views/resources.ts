import { MINUTE } from '../../../core/time.ts';
import { figures } from '../../resources/figures.ts';
import { resourcesIn } from '../../resources/rows.ts';
import { newestIn } from '../../store/newest.ts';
import { type Seen, spanOf } from './seen.ts';

/** Points of a curve: more than a screen has room for. */
const MOST_POINTS = 500;
/** Minutes that are read at most: half a year of working days. */
const MOST_EVENTS = 60_000;

const shown = ['cpu_pct', 'rss_mb', 'read_mb_s', 'write_mb_s', 'load', 'cpu_pressure_pct', 'io_pressure_pct'] as const;
type Shown = (typeof shown)[number];
type Point = { t: number } & Record<`${Shown}${'' | '_max'}`, number | null>;

/** What the clients take: at this moment, over a span, and minute by minute. */
export function resources(seen: Seen) {
  const span = spanOf(seen);
  // pieces of the span, a minute at least, in ms
  const piece = Math.max(MINUTE, (span.until - span.since) / MOST_POINTS);
  const { supported, rows } = resourcesIn(seen.db, span);
  return {
    supported,
    rows: rows.map((row) => ({ ...row, words: figures.find(({ name }) => name === row.metric)!.words })),
    clients: seen.clients().map(({ pid, look }) => ({ pid, look })),
    piece,
    points: pointsOf(seen, piece),
  };
}

/** Means over the minutes of each piece, and the highest looks in it: of several clients that live in one minute the sums. */
function pointsOf(seen: Seen, piece: number): Point[] {
  const pieces = new Map<number, Map<string, Minutes>>();
  for (const { t, attributes } of newestIn(seen.db, spanOf(seen), 'resource', MOST_EVENTS)) {
    const values = held(pieces, Math.floor(t / piece) * piece, () => new Map<string, Minutes>());
    const client = String(attributes.client ?? '');
    for (const name of shown.flatMap((one) => [one, `${one}_max`])) {
      const value = attributes[name];
      if (typeof value !== 'number') continue;
      const minutes = held(values, name, (): Minutes => new Map());
      held(minutes, Math.floor(t / MINUTE), () => new Map<string, number>()).set(client, value);
    }
  }
  return [...pieces].map(([t, values]) => {
    const sums = (name: string) => [...(values.get(name)?.values() ?? [])].map((clients) => sum([...clients.values()]));
    const cells = shown.flatMap((name): [string, number | null][] => {
      const [means, highest] = [sums(name), sums(`${name}_max`)];
      return [
        [name, means.length === 0 ? null : sum(means) / means.length],
        [`${name}_max`, highest.length === 0 ? null : Math.max(...highest)],
      ];
    });
    return { t, ...Object.fromEntries(cells) } as Point;
  });
}

/** By minute, the value of each client that has an event in it. */
type Minutes = Map<number, Map<string, number>>;

function held<Key, Value>(all: Map<Key, Value>, key: Key, made: () => Value): Value {
  const value = all.get(key) ?? made();
  all.set(key, value);
  return value;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

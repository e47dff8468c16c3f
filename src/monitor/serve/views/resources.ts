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

/** Means over the pieces, and the highest looks: of several clients the sums. */
function pointsOf(seen: Seen, piece: number): Point[] {
  const pieces = new Map<number, Map<string, Map<string, number[]>>>();
  for (const { t, attributes } of newestIn(seen.db, spanOf(seen), 'resource', MOST_EVENTS)) {
    const at = Math.floor(t / piece) * piece;
    const values = pieces.get(at) ?? new Map<string, Map<string, number[]>>();
    pieces.set(at, values);
    const client = String(attributes.client ?? '');
    for (const name of shown.flatMap((one) => [one, `${one}_max`])) {
      const value = attributes[name];
      if (typeof value !== 'number') continue;
      const ofName = values.get(name) ?? new Map<string, number[]>();
      values.set(name, ofName);
      ofName.set(client, [...(ofName.get(client) ?? []), value]);
    }
  }
  return [...pieces].map(([t, values]) => {
    const cells = shown.flatMap((name) => [
      [name, sum([...(values.get(name)?.values() ?? [])].map(mean))],
      // of several clients the sum too: each had its highest second somewhere in the piece
      [`${name}_max`, sum([...(values.get(`${name}_max`)?.values() ?? [])].map((of) => Math.max(...of)))],
    ]);
    return { t, ...Object.fromEntries(cells) } as Point;
  });
}

const mean = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;
const sum = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((all, value) => all + value, 0));

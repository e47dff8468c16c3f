import { DAY } from '../../src/core/time.ts';
import type { MonitorEvent } from '../../src/monitor/event.ts';
import { openStore } from '../../src/monitor/store/open.ts';
import { writerOf } from '../../src/monitor/store/write.ts';

const SERIES = 200;
const DAYS = 60;
/** Points per transaction, in the order of time. */
const BATCH = 20_000;

/** Fills a store with `points` points of 200 series, spread evenly over the 60 days before `until` (ms since 1970). */
export async function filledStore(file: string, points: number, until: number): Promise<void> {
  const db = await openStore(file);
  const writer = writerOf(db, { compress: true });
  const since = until - DAYS * DAY;
  for (let at = 0; at < points; at += BATCH) {
    const events = Array.from({ length: Math.min(BATCH, points - at) }, (_, i) =>
      pointOf(at + i, since + ((until - since) * (at + i)) / points),
    );
    writer.add(events, 0);
  }
  db.close();
}

const kinds = ['hook_event', 'hook', 'tool', 'turn'] as const;

function pointOf(n: number, t: number): MonitorEvent {
  const series = (n * 7919) % SERIES;
  const ms = Math.round(20 * Math.exp(((n * 2_654_435_761) % 1000) / 200));
  return {
    t: Math.round(t),
    kind: kinds[series % kinds.length]!,
    name: `thing ${series}`,
    duration_ms: ms,
    ok: n % 50 !== 0,
    session: `session ${Math.floor(n / 500)}`,
    prompt: `prompt ${Math.floor(n / 25)}`,
    project: null,
    plugin: `plugin ${series % 9}`,
    handler_hash: '',
    source: 'otlp',
    identity: String(n),
    attributes: {},
  };
}

import { expect, it } from 'vitest';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import { type Look, summary } from '../../../src/monitor/resources/figures.ts';
import { resources } from '../../../src/monitor/serve/views/resources.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { event, HOUR, noon } from '../events.ts';
import { store } from '../store/drivers.ts';

const MINUTE = 60_000;

it('simultaneous clients are added up, successive clients are not', async () => {
  const db = await store();
  const minute = (name: string, nth: number, look: Look) =>
    event(`${name} ${nth}`, {
      ...{ t: noon + nth * MINUTE, kind: 'resource', duration_ms: null, ok: null, session: null, plugin: '' },
      ...{ name: look.load === undefined ? 'client' : 'machine', handler_hash: '', source: 'proc' },
      attributes: { ...summary([look]), client: name },
    });
  const clients = [minute('a', 1, at40), minute('a', 2, at40), minute('b', 3, at40), minute('b', 4, at40)];
  const machine = [1, 2, 3, 4].map((nth) => minute('', nth, { load: 0.5 }));
  writerOf(db, { compress: true }).add([...clients, minute('c', 4, at40), ...machine], 0);
  const seen = { db, config: configSchema.parse({}), home: '', runs: () => [], clients: () => [], now: noon + HOUR };
  const points = (hours: number) =>
    resources({ ...seen, query: new URLSearchParams({ hours: String(hours) }) }).points.map((point) => [
      point.cpu_pct,
      Math.round(point.cpu_pct_max!),
      point.load,
    ]);
  expect(points(1)).toEqual([
    [40, 40, 0.5],
    [40, 40, 0.5],
    [40, 40, 0.5],
    [80, 80, 0.5],
  ]);
  expect(points(168)).toEqual([[50, 40, 0.5]]);
});

const at40: Look = { cpu_pct: 40 };

import { expect, it } from 'vitest';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import { summary } from '../../../src/monitor/resources/figures.ts';
import { resources } from '../../../src/monitor/serve/views/resources.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { event, HOUR, noon } from '../events.ts';
import { store } from '../store/drivers.ts';

const MINUTE = 60_000;

it('clients that live at once are added up, and clients that live one after the other are not', async () => {
  const db = await store();
  const minute = (client: string, nth: number) =>
    event(`${client} ${nth}`, {
      ...{ t: noon + nth * MINUTE, kind: 'resource', name: 'client', duration_ms: null, ok: null, session: null },
      ...{ plugin: '', handler_hash: '', source: 'proc', attributes: { ...summary([{ cpu_pct: 40 }]), client } },
    });
  writerOf(db, { compress: true }).add(
    [...[1, 2].map((nth) => minute('a', nth)), ...[3, 4].map((nth) => minute('b', nth)), minute('c', 4)],
    0,
  );
  const seen = { db, config: configSchema.parse({}), home: '', runs: () => [], clients: () => [] };
  // over a week, a point is of twenty minutes
  const { points } = resources({ ...seen, now: noon + HOUR, query: new URLSearchParams('hours=168') });
  expect(points.map(({ cpu_pct, cpu_pct_max }) => [cpu_pct, cpu_pct_max])).toEqual([[50, 80]]);
});

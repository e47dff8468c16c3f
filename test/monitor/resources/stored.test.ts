import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command as resources } from '../../../src/cli/commands/monitor/resources.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { rulesOf } from '../../../src/monitor/alerts/own-rules.ts';
import { readingsOf } from '../../../src/monitor/alerts/readings.ts';
import { samplesIn } from '../../../src/monitor/alerts/samples-in.ts';
import { seriesFrom } from '../../../src/monitor/analytics/from-days.ts';
import { casesOver } from '../../../src/monitor/analytics/replay.ts';
import { changePoint } from '../../../src/monitor/analytics/shift.ts';
import { configSchema } from '../../../src/monitor/config/schema.ts';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { changedWords } from '../../../src/monitor/report/case-words.ts';
import { type Look, summary } from '../../../src/monitor/resources/figures.ts';
import type { ResourceTable } from '../../../src/monitor/resources/rows.ts';
import { runService } from '../../../src/monitor/service/run.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { daysIn } from '../../../src/monitor/store/read.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { call } from '../../helpers/call.ts';
import { folder } from '../../helpers/folder.ts';
import { DAY, event, noon } from '../events.ts';
import { store } from '../store/drivers.ts';
import { clientAt, started } from './program.ts';

const MINUTE = 60_000;

/** The second reading, the first with figures, comes after a second: timers keep their order, even if they are late. */
const AFTER_TWO_LOOKS_MS = 1200;

/** A minute of readings of a client or the machine. */
const minute = (t: number, name: 'client' | 'machine', ...looks: Look[]): MonitorEvent =>
  event(`${name} ${t}`, {
    ...{ t, kind: 'resource', name, duration_ms: null, ok: null, session: null, plugin: '', handler_hash: '' },
    ...{ source: 'proc', attributes: summary(looks) },
  });

async function kept(events: readonly MonitorEvent[]) {
  const db = await store();
  writerOf(db, { compress: true }).add(events, 0);
  return db;
}

it('a case reports the load of the machine before and after', async () => {
  const days = Array.from({ length: 24 }, (_, nth) => noon + nth * DAY);
  const isLate = (nth: number) => nth >= 16;
  const db = await kept(
    days.flatMap((t, nth) => [
      ...[1, 2, 3].map((run) =>
        event(`${nth} ${run}`, { t: t + run, duration_ms: (isLate(nth) ? 190 : 100) + run + (nth % 5) }),
      ),
      minute(t, 'machine', { load: isLate(nth) ? 3 : 0.5 }),
    ]),
  );
  const [first, today] = [days[0]!, days.at(-1)!].map((t) => new Date(t).toISOString().slice(0, 10));
  const series = seriesFrom(daysIn(db, { since: days[0]!, until: days.at(-1)! + DAY }));
  const cases = casesOver(series, [first!, today!], changePoint);
  expect(cases).toHaveLength(1);
  expect(cases[0]!.changed.load!.before).toBeCloseTo(0.5, 1);
  expect(cases[0]!.changed.load!.after).toBeCloseTo(3, 1);
  expect(changedWords(cases[0]!)).toContain('The load of the machine rose from 0.5 to 3.0 per core.');
});

it('a client that exceeds a threshold of the configuration raises an alert, and one below does not', async () => {
  const at = (nth: number) => noon + nth * MINUTE;
  const looks = { cpu_share_pct: 90, memory_share_pct: 90, disk_mb_s: 1 };
  const db = await kept(
    [1, 2, 3, 4, 5, 6].flatMap((nth) => [minute(at(nth), 'client', looks), minute(at(nth), 'machine', { load: 2.5 })]),
  );
  const { alerting } = configSchema.parse({ alerting: { thresholds: { disk_warning: 0.5 } } });
  const holds = rulesOf(alerting).flatMap((rule) =>
    readingsOf(rule, samplesIn(db, rule, at(7)), at(7)).flatMap((reading) => (reading.holds ? rule.name : [])),
  );
  expect(holds).toEqual([
    'busy-machine',
    'high-cpu-warning',
    'high-memory-warning',
    'high-disk-warning',
    'high-memory-critical',
  ]);
  const slow = rulesOf(alerting).filter(({ name }) => name.startsWith('slow-hooks'));
  expect(slow.map((rule) => rule.inhibited_by)).toEqual([['busy-machine'], ['busy-machine']]);
});

it.skipIf(process.platform !== 'linux')(
  'the service stores resources, unless the configuration disables it',
  async () => {
    const client = started(clientAt('bin/claude'), 'echo up; read end');
    await client.heard(/up/);
    const root = folder();
    const served = async (name: string, config: object) => {
      const of = { cwd: root, env: { PERF_GATE_MONITOR_HOME: join(root, name) } };
      const ending = new AbortController();
      await runService({
        ...{
          home: join(root, name),
          otlpPort: 0,
          pagePort: null,
          config: configSchema.parse(config),
          clock: systemClock,
          env: { HOME: root },
          self: [],
        },
        ...{ signal: ending.signal, note: (text: string) => expect.fail(text) },
        ready: () => setTimeout(() => ending.abort(), AFTER_TWO_LOOKS_MS),
      });
      return of;
    };
    const [on, off] = await Promise.all([served('on', {}), served('off', { metrics: { resource_usage: false } })]);
    const { rows, supported } = JSON.parse((await call(resources, on, [], { json: true })).out) as ResourceTable;
    expect(supported).toBe(true);
    expect(rows.find(({ metric }) => metric === 'processes')).toMatchObject({
      of: 'client',
      unit: '',
      max: expect.any(Number),
    });
    expect(rows.find(({ metric }) => metric === 'rss_mb')!.mean).toBeGreaterThan(0);
    const text = (await call(resources, on, [])).out;
    expect(text).toMatch(
      /Claude Code, with all its child processes[\s\S]+memory +[\d.]+ MB[\s\S]+The machine at the same time\n[\s\S]+load/,
    );
    expect((await call(resources, off, [])).out).toContain('Nothing was recorded');
    const db = await openStore(join(root, 'off', 'monitor.db'));
    expect(db.get('SELECT count(*) AS n FROM event')).toEqual({ n: 0 });
    db.close();
  },
);

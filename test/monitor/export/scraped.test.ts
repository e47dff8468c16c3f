import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../../src/monitor/analytics/cases.ts';
import { grafanaDashboard } from '../../../src/monitor/export/grafana.ts';
import { sections } from '../../../src/monitor/export/panels.ts';
import { summary } from '../../../src/monitor/resources/figures.ts';
import { changeCases } from '../../../src/monitor/store/cases.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { event } from '../events.ts';
import { sentNow, session } from '../otlp/bodies.ts';
import { type Serving, serving } from '../serve/serving.ts';
import { type Prometheus, prometheus } from './prometheus.ts';

const installed = existsSync('/usr/bin/prometheus');
if (!installed) console.log('Prometheus is not installed: it scrapes nothing here.');

/** Every character with a meaning in the format of Prometheus, and some terminal control characters. */
const HOSTILE = 'a"b\\c\nd\\n{x="1"} 5 # EOF\r\u001b[31m\u202e';

const known: Case = {
  ...{
    metric: 'hook.duration_ms',
    unit: 'ms',
    handler: 'Stop notify.sh',
    plugin: 'tidy',
    id: 'c',
    opened: '2026-03-04',
  },
  ...{
    closed: null,
    state: 'open',
    proof: null,
    since: '2026-03-03',
    before: 100,
    after: 160,
    shift_pct: 60,
    p: 0.001,
  },
  changed: { handler: null, load: null, payload_bytes: null, others: { risen: 0, of: 3 } },
} as Case;

async function fill(file: string): Promise<void> {
  const db = await openStore(file);
  const t = Date.now();
  const none = { t, plugin: '', handler_hash: '', duration_ms: null, ok: null, source: 'proc' } as const;
  const load = { load: 0.4, cpu_pressure_pct: 3, io_pressure_pct: 1, memory_pressure_pct: 0 };
  const client = { cpu_pct: 150, rss_mb: 512, read_mb_s: 1, write_mb_s: 2, processes: 7 };
  const tokens = { input_tokens: 7, cache_read_tokens: 70, cache_creation_tokens: 7, output_tokens: 3, cost_usd: 0.5 };
  const events = [
    event('1', { t, handler_hash: 'a1', duration_ms: 200 }),
    event('2', { t, handler_hash: 'b2', duration_ms: 400, ok: false }),
    event('3', { t, name: HOSTILE }),
    event('4', { t, kind: 'tool', name: 'Bash', plugin: '', handler_hash: '' }),
    event('5', { t, kind: 'agent', name: 'Explore', plugin: '', handler_hash: '' }),
    event('6', { t, kind: 'turn', name: 'turn', plugin: '', handler_hash: '' }),
    event('7', { t, kind: 'hook_event', name: 'PreToolUse:Bash', plugin: '', handler_hash: '' }),
    event('8', { t, kind: 'model', name: 'claude-x', plugin: '', handler_hash: '', attributes: tokens }),
    event('9', { ...none, kind: 'resource', name: 'client', attributes: { ...summary([client]), client: '11' } }),
    event('10', { ...none, kind: 'resource', name: 'client', attributes: { ...summary([client]), client: '12' } }),
    event('11', { ...none, kind: 'resource', name: 'machine', attributes: summary([load]) }),
  ];
  writerOf(db, { compress: true }).add(events, 0);
  changeCases(db, () => [known]);
  db.close();
}

describe.skipIf(!installed)('a real Prometheus', () => {
  let service: Serving;
  let server: Prometheus;

  beforeAll(async () => {
    service = await serving({ filled: fill });
    server = await prometheus(service.endpoint());
    await server.until('up', ([found]) => found?.value === 1);
    // the counters must grow between two scrapes
    await service.post(sentNow(session()));
  });
  afterAll(async () => {
    await server?.stop();
    await service?.remove();
  });

  it('scrapes the service in OpenMetrics and has the same figures', async () => {
    await server.until('perf_gate_duration_seconds_count{kind="tool",name="Bash"}', ([found]) => found?.value === 2);
    const [sum] = await server.query('perf_gate_duration_seconds_sum{kind="tool",name="Bash"}');
    expect(sum!.value).toBeCloseTo(0.333, 9);
    const [read] = await server.query('perf_gate_tokens_total{model="claude-x",type="cache_read"}');
    expect(read!.value).toBe(970);
    const [memory] = await server.query('perf_gate_client_memory_bytes');
    expect(memory!.value).toBe(2 * 512 * 1024 ** 2);
    // only OpenMetrics has units, and names a counter family without the suffix of its samples
    expect(await server.about('perf_gate_duration_seconds')).toMatchObject([{ type: 'summary', unit: 'seconds' }]);
    expect(await server.about('perf_gate_tokens')).toMatchObject([{ type: 'counter' }]);
  });

  it('has one series for all versions of a handler, and names with special characters unchanged', async () => {
    expect(await server.query('perf_gate_duration_seconds_count{name="Stop notify.sh"}')).toMatchObject([{ value: 2 }]);
    expect(await server.query('count({handler_hash!=""})')).toEqual([]);
    const [hostile] = await server.query('perf_gate_duration_seconds_count{name=~"(?s)a.b.+"}');
    expect(hostile!.metric.name).toBe(HOSTILE);
  });

  it('has the numbers of alerts and cases', async () => {
    const states = await server.query('perf_gate_cases');
    expect(Object.fromEntries(states.map(({ metric, value }) => [metric.state, value]))).toEqual({
      ...{ open: 1, proved: 0, not_proved: 0, gone: 0 },
    });
    await server.until('perf_gate_alert_firing{rule="always"}', ([found]) => found?.value === 1);
  });

  it.each(sections.flatMap(({ panels }) => panels))(
    'has data for the dashboard panel “$title”',
    async ({ queries }) => {
      for (const [expr] of queries) {
        const asked = expr.replaceAll('$instance', '.*');
        await server.until(asked, (found) => found.some(({ value }) => Number.isFinite(value)));
      }
    },
  );
});

it('the panels of the dashboard do not overlap, and all use the selected Prometheus', () => {
  const { panels, templating, schemaVersion } = grafanaDashboard();
  type Placed = { id: number; gridPos: Record<'x' | 'y' | 'w' | 'h', number>; targets?: { refId: string }[] };
  const all = panels as Placed[];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const fields = all.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, n) => `${x + (n % w)} ${y + Math.floor(n / w)}`),
  );
  expect(new Set(fields).size).toBe(fields.length);
  expect(Math.max(...all.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'instance']);
  expect(schemaVersion).toBeGreaterThan(30);
  const variables = JSON.stringify(panels).match(/\$\w+/g);
  expect([...new Set(variables)].sort()).toEqual(['$datasource', '$instance']);
});

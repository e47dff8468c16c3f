import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { csvOf } from '../../../src/monitor/export/csv.ts';
import { openMetrics } from '../../../src/monitor/export/open-metrics.ts';
import { textFormat } from '../../../src/monitor/export/text-format.ts';
import { summary } from '../../../src/monitor/resources/figures.ts';
import { daysIn } from '../../../src/monitor/store/read.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { execute } from '../../helpers/cli.ts';
import { folder } from '../../helpers/folder.ts';
import { DAY, event, noon } from '../events.ts';
import { store } from '../store/drivers.ts';

const resource = {
  kind: 'resource',
  plugin: '',
  handler_hash: '',
  duration_ms: null,
  ok: null,
  source: 'proc',
} as const;
const client = { cpu_pct: 150, rss_mb: 512, read_mb_s: 1, write_mb_s: 2, processes: 7 };

async function filled() {
  const db = await store();
  const events = [
    event('1', { duration_ms: 250, ok: false }),
    event('2', { t: noon - 2 * DAY, duration_ms: 750 }),
    event('3', { kind: 'model', name: 'm"\\', plugin: '', attributes: { input_tokens: 7, cost_usd: 0.5 } }),
    event('5', { ...resource, name: 'client', attributes: { ...summary([client]), client: '11' } }),
    event('6', { ...resource, name: 'machine', attributes: summary([{ load: 0.5, cpu_pressure_pct: 3 }]) }),
    event('4', { kind: 'tool', name: '=cmd|calc, "x"', plugin: '', handler_hash: '' }),
  ];
  writerOf(db, { compress: true }).add(events, 0);
  return db;
}

it('CSV has one line for each day, series and metric, and never a formula', async () => {
  const lines = csvOf(
    daysIn(await filled(), { since: noon - 7 * DAY, until: noon + 1 }, { kinds: ['hook', 'model', 'tool'] }),
  ).split('\r\n');
  expect(lines.map((line) => line.split(',').slice(0, 2).join())).toEqual([
    'day,kind',
    '2026-03-02,hook',
    '2026-03-04,hook',
    '2026-03-04,model',
    '2026-03-04,model',
    '2026-03-04,model',
    '2026-03-04,tool',
  ]);
  expect(lines[2]).toMatch(/^2026-03-04,hook,Stop notify\.sh,tidy,a1,duration_ms,1,1,250,/);
  expect(lines[6]).toContain(`tool,"'=cmd|calc, ""x""",,,duration_ms,1,0,100`);
});

it('OpenMetrics has all-time sums, and percentiles of the last day', async () => {
  const text = openMetrics(await filled(), noon + 60_000);
  expect(text).toContain('perf_gate_duration_seconds_count{kind="hook",name="Stop notify.sh",plugin="tidy"} 2');
  expect(text).toContain('perf_gate_duration_seconds_sum{kind="hook",name="Stop notify.sh",plugin="tidy"} 1\n');
  expect(text).toMatch(/plugin="tidy",quantile="0\.5"\} 0\.2[45]/);
  expect(text).toContain('perf_gate_tokens_total{model="m\\"\\\\",type="input"} 7');
  expect(text).toContain('perf_gate_failures_total{kind="hook",name="Stop notify.sh",plugin="tidy"} 1');
  const families = text.split('\n').filter((line) => line.startsWith('# TYPE'));
  expect(new Set(families).size).toBe(families.length);
  expect(text.endsWith('# EOF\n')).toBe(true);
  expect(text).toContain('\nperf_gate_client_disk_bytes_per_second{direction="write"} 2097152\n');
  // a minute later the client is left out, and a month later all names are
  expect(openMetrics(await filled(), noon + 120_000)).not.toContain('perf_gate_client');
  expect(openMetrics(await filled(), noon + 31 * DAY)).not.toContain('tidy');
});

it.skipIf(!existsSync('/usr/bin/promtool'))('promtool accepts the text format without complaints', async () => {
  const file = `${folder({ 'metrics.txt': textFormat(openMetrics(await filled(), noon + 60_000)) })}/metrics.txt`;
  const { code, stdout, stderr } = await execute('sh', ['-c', 'promtool check metrics < "$0"', file], {
    cwd: process.cwd(),
    env: process.env,
  });
  expect([code, stdout, stderr]).toEqual([0, '', '']);
});

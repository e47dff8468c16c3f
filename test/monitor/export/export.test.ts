import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { csvOf } from '../../../src/monitor/export/csv.ts';
import { openMetrics } from '../../../src/monitor/export/open-metrics.ts';
import { textFormat } from '../../../src/monitor/export/text-format.ts';
import { daysIn } from '../../../src/monitor/store/read.ts';
import { writerOf } from '../../../src/monitor/store/write.ts';
import { execute } from '../../helpers/cli.ts';
import { folder } from '../../helpers/folder.ts';
import { DAY, event, noon } from '../events.ts';
import { store } from '../store/drivers.ts';

async function filled() {
  const db = await store();
  const events = [
    event('1', { duration_ms: 250, ok: false }),
    event('2', { t: noon - 2 * DAY, duration_ms: 750 }),
    event('3', { kind: 'model', name: 'm"\\', plugin: '', attributes: { input_tokens: 7, cost_usd: 0.5 } }),
    event('4', { kind: 'tool', name: '=cmd|calc, "x"', plugin: '', handler_hash: '' }),
  ];
  writerOf(db, { compress: true }).add(events, 0);
  return db;
}

it('CSV has a line for each day, thing and metric, and no formula', async () => {
  const lines = csvOf(daysIn(await filled(), { since: noon - 7 * DAY, until: noon + 1 })).split('\r\n');
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

it('OpenMetrics has sums of all time, and percentiles of the last day', async () => {
  const text = openMetrics(await filled(), noon + 60_000);
  expect(text).toContain('perf_gate_duration_seconds_count{kind="hook",name="Stop notify.sh",plugin="tidy"} 2');
  expect(text).toContain('perf_gate_duration_seconds_sum{kind="hook",name="Stop notify.sh",plugin="tidy"} 1\n');
  expect(text).toMatch(/plugin="tidy",quantile="0\.5"\} 0\.2[45]/);
  expect(text).toContain('perf_gate_tokens_total{model="m\\"\\\\",type="input"} 7');
  expect(text).toContain('perf_gate_failures_total{kind="hook",name="Stop notify.sh",plugin="tidy"} 1');
  const families = text.split('\n').filter((line) => line.startsWith('# TYPE'));
  expect(new Set(families).size).toBe(families.length);
  expect(text.endsWith('# EOF\n')).toBe(true);
});

it.skipIf(!existsSync('/usr/bin/promtool'))('promtool finds nothing to mend in the text format', async () => {
  const file = `${folder({ 'metrics.txt': textFormat(openMetrics(await filled(), noon + 60_000)) })}/metrics.txt`;
  const { code, stdout, stderr } = await execute('sh', ['-c', 'promtool check metrics < "$0"', file], {
    cwd: process.cwd(),
    env: process.env,
  });
  expect([code, stdout, stderr]).toEqual([0, '', '']);
});

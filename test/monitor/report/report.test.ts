import { describe, expect, test } from 'vitest';
import { periodHtml } from '../../../src/monitor/report/html.ts';
import { periodMarkdown } from '../../../src/monitor/report/markdown.ts';
import type { HookRow, PeriodReport } from '../../../src/monitor/report/period.ts';

const hook = (name: string, more: Partial<HookRow> = {}): HookRow => ({
  plugin: 'slow',
  name,
  runs: 700,
  failed: 0,
  p50_ms: 160,
  p95_ms: 320.4,
  total_ms: 14 * 60_000,
  ...more,
});

const series = { metric: 'hook.duration_ms', unit: 'ms', handler: 'lint.sh', plugin: 'slow' };
const changed = {
  handler: { from: 'a', to: 'b' },
  load: { before: 0.5, after: 1.5 },
  payload_bytes: { before: 900, after: 950 },
  others: { risen: 1, of: 8 },
};
const notTried = { files: null, left: null, returned: null };
const shift = { since: '2026-11-25', before: 100, after: 160, shift_pct: 60, p: 0.0012 };

const week: PeriodReport = {
  period: 'weekly',
  from: '2026-11-23',
  to: '2026-11-29',
  now: { sessions: 12, turns: 140, tools: 900, turn_minutes: 320, hook_minutes: 14 },
  before: { sessions: 10, turns: 120, tools: 800, turn_minutes: 300, hook_minutes: 9.5 },
  hooks: [hook('lint.sh'), hook('check | <b>@team</b>.sh', { plugin: null, failed: 7, total_ms: 60_000 })],
  cases: [
    {
      ...series,
      ...shift,
      ...notTried,
      changed,
      id: '1',
      opened: '2026-11-28',
      closed: null,
      state: 'open',
      proof: null,
    },
    {
      ...series,
      ...shift,
      ...notTried,
      changed: { ...changed, handler: { from: 'a', to: 'a' } },
      id: '2',
      handler: 'audit.sh',
      opened: '2026-11-26',
      closed: '2026-11-27',
      state: 'proved',
      proof: { answer: 'regressed', estimate_pct: 58, ci_pct: [51, 64.2] },
    },
  ],
  trends: [
    { ...series, days: 28, from: '2026-11-02', to: '2026-11-29', pct_per_week: 4.2, ci_pct: [2, 6.5], p: 0.001 },
    { ...series, days: 28, from: '2026-11-02', to: '2026-11-29', pct_per_week: 1, ci_pct: [-2, 4], p: 0.4 },
  ],
  bottlenecks: {
    turns: 140,
    total_ms: 19_200_000,
    unknown_ms: 192_000,
    kinds: [],
    items: [
      {
        kind: 'hook',
        name: 'lint.sh',
        plugin: 'slow',
        turns: 90,
        path_ms: 600_000,
        share_pct: 3.1,
        saved_ms: 1,
        ceiling_pct: 2.5,
      },
    ],
  },
  benchmarks: null,
  tests: { runs: 4, failed: 1, minutes: 2, saved_pct: 71.5, flaky: ['shop › a <b>'] },
  alerts: [
    {
      rule: 'slow-hooks',
      labels: { plugin: 'slow' },
      severity: 'warning',
      value: 900,
      began: Date.parse('2026-11-28T08:00:00Z'),
      ended: Date.parse('2026-11-28T08:30:00Z'),
    },
  ],
};

const empty: PeriodReport = {
  ...week,
  period: 'daily',
  from: '2026-11-29',
  now: { sessions: 0, turns: 0, tools: 0, turn_minutes: 0, hook_minutes: 0 },
  before: null,
  hooks: [],
  cases: [],
  trends: [],
  bottlenecks: { turns: 0, total_ms: 0, unknown_ms: 0, kinds: [], items: [] },
  benchmarks: null,
  tests: { runs: 0, failed: 0, minutes: 0, saved_pct: null, flaky: [] },
  alerts: [],
};

describe('the weekly report', () => {
  const page = periodMarkdown(week);

  test('begins with the cost of hooks and the slowdowns', () => {
    expect(page.split('\n').slice(0, 3)).toEqual([
      '# The week from 2026-11-23 to 2026-11-29',
      '',
      'Sessions waited 2.0 min per day for hooks. 2 series got slower, 1 proved; 1 alert fired.',
    ]);
  });

  test('separates proved and suspected slowdowns, with simultaneous changes', () => {
    const lines = page.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      '- lint.sh (plugin slow): 100 ms → 160 ms (+60.0 %) since 2026-11-25, p = 0.0012. The command changed at that time. The load of the machine rose from 0.5 to 1.5 per core. 1 of 8 other series rose at the same time. A suspicion: the old and the new version have not been measured and compared.',
      '- audit.sh (plugin slow): 100 ms → 160 ms (+60.0 %) since 2026-11-25, p = 0.0012. The command did not change. The load of the machine rose from 0.5 to 1.5 per core. 1 of 8 other series rose at the same time. Proved on 2026-11-27: +58.0 %, 95 % interval 51.0 to 64.2 %.',
      '- 4 runs took 2.0 min; 1 failed.',
      '- Running only selected tests saved 71.5 % of the time on average.',
      expect.stringMatching(/^- 1 test is flaky: shop › a .*b/),
    ]);
  });

  test('has the minutes per day of each hook and plugin, the most expensive first, and the week before', () => {
    expect(page).toContain('| lint.sh | slow | 700 | 0 | 160 ms | 320 ms | 2.0 min |');
    expect(page).toContain('| slow | 1 | 2.0 min |');
    expect(page).toContain('| sessions | 12 | 10 |');
    expect(page).toContain('| hook | lint.sh | slow | 10 min | 3.1 % | 2.5 % |');
    expect(page).toContain('| slow-hooks | slow (plugin) | warning | 2026-11-28 08:00 | 30 min |');
  });

  test('contains only significant trends', () => {
    expect(page.match(/^\| lint.sh \(plugin slow\) \|.*$/gm)).toEqual([
      '| lint.sh (plugin slow) | +4.2 % | 2.0 to 6.5 % | p = 0.0010 |',
    ]);
  });

  test('escapes names in Markdown and HTML', () => {
    expect(page).toContain('check \\| &lt;b>@<!-- -->team&lt;/b>.sh');
    const site = periodHtml(week);
    expect(site).toContain('check | &lt;b&gt;@team&lt;/b&gt;.sh');
    expect(site).not.toMatch(/<b>@team|<script|https?:/);
    expect(site).toContain("default-src 'none'");
  });
});

test('a day without data says so in every section', () => {
  const page = periodMarkdown(empty);
  expect(page).toContain('# The day 2026-11-29\n\nNo session was recorded.');
  for (const part of [
    'No slowdown was found.',
    'No hook ran.',
    'No complete turn was recorded.',
    'No alert fired.',
    '| sessions | 0 | – |',
  ]) {
    expect(page).toContain(part);
  }
  expect(page + periodHtml(empty)).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
});

test('with very many hooks, the most expensive ones are shown and the others counted', () => {
  const hooks = Array.from({ length: 30 }, (_, i) => hook(`h${i}.sh`, { total_ms: i * 1000 }));
  const page = periodMarkdown({ ...week, hooks });
  expect(page).toContain('The table leaves out 10 hooks with lower cost.');
  expect(page).toContain('| h29.sh |');
  expect(page).not.toContain('| h9.sh |');
});

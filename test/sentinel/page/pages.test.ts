import { expect, it } from 'vitest';
import { auditPage } from '../../../src/sentinel/page/audit-page.ts';
import { benchmarkPage } from '../../../src/sentinel/page/benchmark-page.ts';
import { comparePage } from '../../../src/sentinel/page/compare-page.ts';
import { tagsOf, unsound } from '../../helpers/page.ts';
import { about } from './about.ts';
import { emptyAudit, madeAudit, staticAudit } from './audits.ts';
import { madeBenchmark } from './benchmarks.ts';
import { madeComparison, unchangedComparison } from './comparisons.ts';
import { poisoned } from './poisoned.ts';

const one = () => ({ ...madeBenchmark(), hooks: madeBenchmark().hooks.slice(0, 1) });

it.each([
  ['an audit', auditPage(madeAudit(), about)],
  ['an audit that only read scripts', auditPage(staticAudit(), about)],
  ['an audit of a place without hooks', auditPage(emptyAudit(), about)],
  ['a benchmark', benchmarkPage(madeBenchmark(), about)],
  ['a benchmark of one hook', benchmarkPage(one(), about)],
  ['a comparison', comparePage(madeComparison(), 'sentinel compare', about)],
  ['a comparison of the same hooks', comparePage(unchangedComparison(), 'sentinel compare', about)],
])('the page of %s is well-formed, describes its figures, and loads no other file', (_, page) => {
  expect(unsound(page)).toEqual([]);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('prefers-color-scheme:dark');
});

it('foreign text never becomes an element, an attribute or a change of text direction', () => {
  for (const [made, hostile] of [
    [auditPage(madeAudit(), about), auditPage(poisoned(madeAudit()), { ...about, place: poisoned('x') })],
    [benchmarkPage(madeBenchmark(), about), benchmarkPage(poisoned(madeBenchmark()), about)],
    [
      comparePage(madeComparison(), 'sentinel compare', about),
      comparePage(poisoned(madeComparison()), 'sentinel compare', about),
    ],
  ] as const) {
    expect([...tagsOf(hostile)].filter((tag) => !tagsOf(made).has(tag))).toEqual([]);
    expect(hostile).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;quoted&quot; &amp; ]]&gt;');
    expect(hostile.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  }
});

it('the page of an audit has the facts of its JSON', () => {
  const page = auditPage(madeAudit(), about);
  for (const told of [
    'D, needs improvement',
    '57/100',
    '75\u00a0% of the runnable hooks did their work',
    'over the budget of 500\u00a0ms',
    'quiet/Stop/quiet.sh never runs',
    'enables gone@market, which is not installed here',
    'at most −100\u00a0ms, 1.5\u00a0min a day',
    'the minutes a day are computed from the events in your transcripts of 14\u00a0days',
    '>8.1\u00a0min a day<',
    'projman/hooks/startup-check.sh:3, 7',
    '<code>tool_input.file_path</code>',
    'git remote get-url origin',
    'Claude Code does not wait for dashed hooks.',
    'Bash: 1 hook was not run in parallel: tidy.sh does not finish',
    '~/.ssh',
  ])
    expect(page.includes(told), told).toBe(true);
  expect(page).toMatch(/tidy\/(<wbr>)?tidy\.sh[\s\S]*?>broken</);
  expect(auditPage(staticAudit(), about)).toContain('Nothing was run');
});

it('bars show when the hooks ran, on one scale, and dots over the budget are filled', () => {
  const page = auditPage(madeAudit(), about);
  const gantt = page.slice(page.indexOf('<svg'), page.indexOf('</svg>'));
  const bars = [...gantt.matchAll(/<g class="(bar[^"]*)">[\s\S]*?<rect x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map(
    ([, kind, x, width]) => ({ kind, x: Number(x), width: Number(width) }),
  );
  expect(bars.map(({ kind }) => kind)).toEqual(['bar beside', 'bar', 'bar']);
  const [background, slow, fast] = bars as [(typeof bars)[0], (typeof bars)[0], (typeof bars)[0]];
  expect(background.width / slow.width).toBeCloseTo(960 / 830, 1);
  expect(slow.x).toBeLessThan(background.x);
  expect(background.x).toBeLessThan(fast.x);
  const dots = [...page.matchAll(/<circle( class="over")? cx="([\d.]+)"/g)].map(([, over]) => over !== undefined);
  expect(dots.filter((over) => over).length).toBe(6);
});

it('the page of a comparison shows what became slower, and why; a change far beyond the threshold does not hide the others', () => {
  const page = comparePage(madeComparison(), 'sentinel compare', about);
  for (const told of [
    'Regression: Session startup, projman/SessionStart/startup-check.sh.',
    'threshold 10 %',
    '>+1338 %</text>',
    '✗ startup-check.sh',
    '! flagged.sh',
    'ok before, timed_out now',
    'now tries to reach tracker.example',
    '<b>+git log</b>',
    'The old files of b/Stop/open.sh are gone',
    '20\u00a0of each version, at different times',
  ])
    expect(page.includes(told), told).toBe(true);
  expect(comparePage(unchangedComparison(), 'sentinel compare', about)).toContain(
    'Nothing changed, so no hook was run.',
  );
});

it('the page of a benchmark shows how fast a hook is, since when it is slower, and how it spends its time', () => {
  const page = benchmarkPage(one(), about);
  for (const told of [
    'C, acceptable',
    'in the scenario complex-write',
    '50\u00a0% of executions within 100\u00a0ms',
    'Before: worse',
    '19\u00a0ok, 1\u00a0timed out',
    'network I/O',
    '<i style="width:75%">',
    'At work: curl 300\u00a0ms.',
    'The network takes most of the time (tracker.example)',
  ])
    expect(page.includes(told), told).toBe(true);
  expect(benchmarkPage(madeBenchmark(), about)).toContain('c/Stop/1: A handler of type http runs only');
});

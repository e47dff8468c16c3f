import { expect, it } from 'vitest';
import { auditPage } from '../../../src/sentinel/page/audit-page.ts';
import { benchmarkPage } from '../../../src/sentinel/page/benchmark-page.ts';
import { comparePage } from '../../../src/sentinel/page/compare-page.ts';
import { tagsOf, unsound } from '../../helpers/page.ts';
import {
  about,
  emptyAudit,
  madeAudit,
  madeBenchmark,
  madeComparison,
  poisoned,
  staticAudit,
  unchangedComparison,
} from './made.ts';

const one = () => ({ ...madeBenchmark(), hooks: madeBenchmark().hooks.slice(0, 1) });

it.each([
  ['an audit', auditPage(madeAudit(), about)],
  ['an audit of texts alone', auditPage(staticAudit(), about)],
  ['an audit of a place without hooks', auditPage(emptyAudit(), about)],
  ['a benchmark', benchmarkPage(madeBenchmark(), about)],
  ['a benchmark of one hook', benchmarkPage(one(), about)],
  ['a comparison', comparePage(madeComparison(), 'sentinel compare', about)],
  ['a comparison of the same hooks', comparePage(unchangedComparison(), 'sentinel compare', about)],
])('the page of %s is sound, describes its figures, and asks for nothing from anywhere', (_, page) => {
  expect(unsound(page)).toEqual([]);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('prefers-color-scheme:dark');
});

it('nothing from outside becomes an element, an attribute or a way to turn the text', () => {
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

it('the page of an audit holds what its JSON holds', () => {
  const page = auditPage(madeAudit(), about);
  for (const told of [
    'D, needs improvement',
    '57/100',
    '75\u00a0% of those that can run did their work',
    'over the budget of 500\u00a0ms',
    'quiet/Stop/quiet.sh never runs',
    'gone@market is named in',
    'at most −100\u00a0ms, 1.5\u00a0min a day',
    'minutes a day: as often as in your transcripts of 14\u00a0days',
    '>8.1\u00a0min a day<',
    'projman/hooks/startup-check.sh:3, 7',
    '<code>tool_input.file_path</code>',
    'git remote get-url origin',
    'Claude Code does not wait for a dashed one.',
    'Bash: 1 hook not run at once: tidy.sh does not end',
    '~/.ssh',
  ])
    expect(page.includes(told), told).toBe(true);
  expect(page).toMatch(/tidy\/(<wbr>)?tidy\.sh[\s\S]*?>broken</);
  expect(auditPage(staticAudit(), about)).toContain('Nothing was run');
});

it('strips stand where the hooks ran, on one scale, and dots over the budget are filled', () => {
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

it('the page of a comparison says what became slower, and why; what is far beyond the threshold hides nothing', () => {
  const page = comparePage(madeComparison(), 'sentinel compare', about);
  for (const told of [
    'Regression: Session startup, projman/SessionStart/startup-check.sh.',
    'threshold 10 %',
    '>+1338 %</text>',
    '✗ startup-check.sh',
    '! flagged.sh',
    'ok then, timed_out now',
    'now tries to reach tracker.example',
    '<b>+git log</b>',
    'The files of b/Stop/open.sh are gone',
    '20\u00a0of each, at different times',
  ])
    expect(page.includes(told), told).toBe(true);
  expect(comparePage(unchangedComparison(), 'sentinel compare', about)).toContain(
    'Nothing changed, so nothing was run.',
  );
});

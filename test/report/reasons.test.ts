import { expect, it } from 'vitest';
import { judgeSamples } from '../../src/experiment/judge-samples.ts';
import type { Asked, Reason } from '../../src/experiment/judged.ts';
import { printedReason, reasonLine } from '../../src/report/reasons.ts';

const asked = (name: string, unit: string, lower_is_better = true): Asked => ({
  primary: { name, unit, lower_is_better },
  threshold: { type: 'pct', pct_min: 20, absolute_min: 0, significance_required: true },
  claim: 'proven',
  max_runs: 22,
});

const below = (upper: number, estimate: number, unit = '%'): Reason => ({
  code: 'below_threshold',
  upper_bound: { value: upper, unit },
  estimate: { value: estimate, unit },
});

it('says slower, and by how much at least, if the runs prove it', () => {
  const wall = asked('wall_ms', 'ms');
  const judged = judgeSamples({
    base: [100, 101, 102, 103, 104, 105, 106, 107],
    candidate: [137, 139, 140, 141, 142, 144, 145, 146],
    metric: wall.primary,
    rule: { test: 'mann_whitney', paired: false, alpha: 0.05, claim: 'proven', threshold: wall.threshold },
  });
  if ('problem' in judged) throw new Error('not judged');
  const told = judged.reasons.map((reason) => printedReason(reason, wall));
  expect(told).toEqual([
    expect.stringMatching(
      /^slower: at least 3\d\.\d % more wall_ms, proved \(estimate 3\d\.\d % more\); asked for: at least 20 % less wall_ms$/,
    ),
  ]);
});

it.each([
  [asked('peak_rss_mb', 'MB'), 'larger: at least 28.0 % more peak_rss_mb, proved (estimate 37.0 % more)'],
  [asked('steps', ''), 'higher: at least 28.0 % more steps, proved (estimate 37.0 % more)'],
  [asked('fps_min', 'fps', false), 'lower: at least 28.0 % less fps_min, proved (estimate 37.0 % less)'],
])('finds the word for a metric that got worse', (of, words) => {
  expect(printedReason(below(-28, -37), of)).toContain(words);
});

it('keeps the reason’s code for programs, and for an improvement that is only too small', () => {
  const wall = asked('wall_ms', 'ms');
  expect(reasonLine(below(-28, -37), wall)).toMatch(/^below_threshold: slower: at least 28\.0 % more wall_ms/);
  expect(printedReason(below(5.7, 3.1), wall)).toMatch(
    /^below_threshold: the effect is at most \+5\.7 % \(estimate \+3\.1 %\)/,
  );
  expect(printedReason(below(-12, -12, 'ms'), wall)).toMatch(/^slower: 12\.0 ms more wall_ms, compared exactly/);
});

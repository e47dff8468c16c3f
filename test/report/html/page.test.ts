import { describe, expect, it } from 'vitest';
import { unbroken } from '../../../src/report/html/elements.ts';
import { reportHtml } from '../../../src/report/html/page.ts';
import { unsound } from '../../helpers/page.ts';
import { attempt, story } from '../story.ts';

const page = reportHtml(story());
const tags = (name: string) => page.match(new RegExp(`<${name}\\b[^>]*>`, 'g')) ?? [];

describe('the page', () => {
  it('is valid HTML, describes its figures, and makes no requests', () => {
    expect(unsound(page)).toEqual([]);
    expect(page).toContain("default-src 'none'");
    expect(tags('a').every((a) => a.startsWith('<a href="#'))).toBe(true);
    expect(tags('svg').length).toBeGreaterThan(6);
  });

  it('shows every verdict as a word with a sign', () => {
    for (const word of ['accepted', 'rejected', 'inconclusive', 'held', 'failed', 'undecided']) {
      expect(page).toMatch(new RegExp(`aria-hidden="true">[✓✗?]</span> ${word}<`));
    }
  });

  it('follows the reader’s colour scheme, and fits a phone and paper', () => {
    for (const rule of ['prefers-color-scheme:dark', 'max-width:46rem', '@media print']) expect(page).toContain(rule);
  });
});

it('cuts a long diff, and names the command that shows the rest', () => {
  const patch = Array.from({ length: 1000 }, (_, i) => `+line ${i}`).join('\n');
  const long = reportHtml(story({ attempts: [attempt({ attempt: 7, patch })] }));
  expect(long).toContain('<b>+line 299</b>');
  expect(long).not.toContain('+line 300');
  expect(long).toContain('700 more lines: <code>perf-gate attempts show 7</code>');
});

it('never breaks a line between a number and its unit, or before an arrow', () => {
  expect(unbroken('12.3 s → 9.80 s, 21 % lower, 4 /s')).toBe(
    '12.3\u00a0s\u00a0→ 9.80\u00a0s, 21\u00a0% lower, 4\u00a0/s',
  );
});

it('names the project above the task only if it is a folder of the repository', () => {
  const over = (project: string) =>
    /<p class="over">([^<]*)</.exec(reportHtml(story({ repository: { ...story().repository, project } })))![1];
  expect(over('packages/report')).toBe('perf-gate · 20260301-0912-report · packages/report');
  expect(over('.')).toBe('perf-gate · 20260301-0912-report');
});

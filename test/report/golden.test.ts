import { expect, it } from 'vitest';
import { reportHtml } from '../../src/report/html/page.ts';
import { prComment } from '../../src/report/markdown/pr-comment.ts';
import { reportMarkdown } from '../../src/report/markdown/report.ts';
import { verdictMarkdown } from '../../src/report/markdown/verdict.ts';
import { summaryPanel } from '../../src/report/terminal/summary-panel.ts';
import { attemptPanel } from '../../src/report/terminal/verdict-panel.ts';
import { expectGolden } from './golden.ts';
import { story } from './story.ts';

const run = story();
const unicode = { width: 76, colour: false, unicode: true };
const ascii = { width: 60, colour: false, unicode: false };

it('reports the whole run in Markdown', () => expectGolden('report.md.txt', reportMarkdown(run)));

it('reports the whole run in HTML, with the same bytes every time', () => {
  expect(reportHtml(story())).toBe(reportHtml(story()));
  expectGolden('report.html.txt', reportHtml(run));
});

it('reports an aborted run that measured nothing', () => {
  const aborted = story({
    outcome: 'aborted',
    outcome_reason: 'interrupted by the user',
    finished_at: null,
    baseline: null,
    profile: [],
    attempts: [],
    total: null,
  });
  expectGolden('aborted.md.txt', reportMarkdown(aborted));
});

it('shows one verdict in an artifact', () =>
  expectGolden('verdict.md.txt', verdictMarkdown(run.attempts[1]!, run.contract)));

it('shows every verdict in a panel', () => {
  expectGolden('panels.txt', run.attempts.map((a) => `${attemptPanel(a, run.contract, unicode)}\n`).join(''));
});

it('shows every verdict in an ASCII panel', () => {
  expectGolden('panels-ascii.txt', run.attempts.map((a) => `${attemptPanel(a, run.contract, ascii)}\n`).join(''));
});

it('shows the summary of an ended run in a panel', () => {
  expectGolden('summary.txt', `${summaryPanel(run, unicode)}\n${summaryPanel(run, ascii)}\n`);
});

it('shows one comparison in a comment', () => {
  expectGolden(
    'comment.md.txt',
    prComment({
      base: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
      head: 'feature/rows',
      contract: run.contract,
      judged: run.attempts[0]!,
      warnings: run.warnings,
    }),
  );
});

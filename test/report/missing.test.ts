import { expect, it } from 'vitest';
import type { OutcomeName } from '../../src/record/outcome.ts';
import { headline } from '../../src/report/headline.ts';
import { reportHtml } from '../../src/report/html/page.ts';
import { prComment } from '../../src/report/markdown/pr-comment.ts';
import { reportMarkdown } from '../../src/report/markdown/report.ts';
import type { Effect, Story } from '../../src/report/story/story.ts';
import { summaryPanel } from '../../src/report/terminal/summary-panel.ts';
import { attemptPanel } from '../../src/report/terminal/verdict-panel.ts';
import { attempt, broken, contract, effect, story } from './story.ts';

const look = { width: 80, colour: false, unicode: true };

/** Every renderer of a whole run. */
function everything(run: Story): string[] {
  const single = run.attempts.flatMap((a) => [
    attemptPanel(a, run.contract, look),
    prComment({ base: 'main', head: 'topic', contract: run.contract, judged: a, warnings: [] }),
  ]);
  return [reportMarkdown(run), reportHtml(run), summaryPanel(run, look), ...single];
}

const nothing: Effect = {
  baseline: null,
  candidate: null,
  improvement_pct: null,
  improvement: null,
  ci95_pct: null,
  ci95: null,
  lower_bound_pct: null,
  lower_bound: null,
  p: null,
  n_base: 0,
  n_candidate: 0,
};

const empty = { base: [], candidate: [] };

const outcomes: OutcomeName[] = ['accepted', 'rejected', 'inconclusive', 'aborted', 'escalated'];

it.each(outcomes)('reports a run that ended %s before any result', (outcome) => {
  const bare = story({
    outcome,
    branch: null,
    finished_at: null,
    environment: [],
    warnings: [],
    baseline: null,
    profile: [],
  });
  const bared = {
    ...bare,
    attempts: [],
    total: null,
    repository: { base_commit: null, final_commit: null, project: '.' },
  };
  for (const page of everything(bared)) expect(page).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
});

it('reports attempts whose numbers are missing', () => {
  const attempts = [
    broken(),
    attempt({ primary: nothing, screen: empty, confirmation: empty }),
    attempt({ primary: effect({ ci95_pct: [null, null], lower_bound_pct: null, p: null }) }),
    attempt({
      primary: effect({ improvement_pct: null, ci95_pct: null, lower_bound_pct: null }),
      reasons: [],
      duration_s: null,
    }),
    attempt({
      watchdogs: [
        { ...attempt().watchdogs[0]!, name: 'unknown', regression_pct: null, ci95_pct: null, baseline: null },
      ],
    }),
  ];
  const total = { ...nothing, samples: empty, product_of_gains_pct: null };
  for (const page of everything(story({ attempts, total })))
    expect(page).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
});

it('draws values that do not vary, and a metric that is compared exactly', () => {
  const same = attempt({
    primary: effect({ baseline: 2000, candidate: 1500, improvement_pct: 25, ci95_pct: [25, 25], p: null }),
    screen: { base: [2000, 2000], candidate: [1500, 1500] },
    confirmation: null,
  });
  for (const page of everything(story({ attempts: [same], total: null }))) expect(page).not.toMatch(/NaN|Infinity/);
  expect(attemptPanel(same, contract, look)).toContain('exact · 8 + 8 samples');
});

it('says in one sentence how the run ended', () => {
  const none = { attempts: [], total: null };
  expect(headline(story())).toBe(
    'Accepted: wall_ms is 45.6 % lower (better) than at the start, 412 ms → 224 ms (95 % interval 44.1 to 47.0 %), with 2 of 5 attempts kept.',
  );
  expect(headline(story({ total: null }))).toBe('Accepted: 2 of 5 attempts kept; the total was not measured.');
  expect(headline(story({ ...none, outcome: 'rejected' }))).toBe('Rejected: no change was tried, so nothing was kept.');
  expect(headline(story({ attempts: [broken()], outcome: 'rejected' }))).toBe(
    'Rejected: the one attempt did not pass (threshold: at least 10 %), so nothing was kept.',
  );
  expect(headline(story({ outcome: 'aborted', outcome_reason: 'stopped by the user.' }))).toBe(
    'Aborted: 2 of 5 attempts kept (stopped by the user).',
  );
  expect(headline(story({ outcome: 'escalated', outcome_reason: 'the branch moved' }))).toBe(
    'Stopped, because a person is needed: 2 of 5 attempts kept (the branch moved).',
  );
});

it('states that significance was not required', () => {
  const estimateAlone = { ...contract, significance_required: false };
  const pages = everything(story({ contract: estimateAlone, attempts: [attempt()] }));
  for (const page of pages) expect(page).toMatch(/significance (was )?not required/);
  expect(reportHtml(story({ contract: estimateAlone, attempts: [broken()] }))).toContain(
    'significance was not required',
  );
});

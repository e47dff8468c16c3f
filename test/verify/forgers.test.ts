import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type Copy, finishedRun, sha256, type Untyped } from './finished-run.ts';

const copy = finishedRun(perfGate());

/** Rewrites every row of a session. */
function rewrite(run: Copy, session: string, change: (row: Untyped) => void): string {
  const file = run.path(`samples/${session}.jsonl`);
  const rows = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const row of rows) change(row);
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(file, text);
  return sha256(text);
}

/** Puts another commit in the place of the accepted one, in the branch and in the journal. */
function replaceCommit(run: Copy, message: (text: string) => string, tree = 'HEAD^{tree}'): void {
  const { git } = run.repo;
  const old = git('rev-parse', 'HEAD');
  const made = git('commit-tree', tree, '-p', 'HEAD~1', '-m', message(git('log', '-1', '--format=%B')).trimEnd());
  git('update-ref', 'refs/heads/perf-gate/make-it-faster', made);
  run.forge((at, lines) => {
    const verdict = at('verdict', 1);
    verdict.effects.commit.commit = made;
    verdict.effects.commit.tip = made;
    for (const line of lines)
      if (line.type === 'done' && line.effect === 'commit') line.facts = { ...line.facts, commit: made, tip: made };
  });
  expect(run.read('11-verdict.md')).not.toContain(old);
}

it('accepts a journal that was rewritten without a change', async () => {
  const run = copy();
  run.forge((at) => {
    at('verdict').at = '2000-01-01T00:00:00.000Z';
  });
  expect((await run.verify()).findings).toEqual([]);
});

type Forgery = [what: string, forge: (run: Copy) => void, code: string, where: RegExp];

it.each<Forgery>([
  [
    'a verdict',
    (r) => r.forge((at) => Object.assign(at('verdict').data, { verdict: 'accepted' })),
    'verdict_differs',
    /^07-verdict\.md verdict$/,
  ],
  [
    'the looks that the noise chose',
    (r) => r.forge((at) => Object.assign(at('baseline').data, { looks: [5, 9, 20, 60] })),
    'session_differs',
    /^02-baseline\.md looks/,
  ],
  [
    'the reasons of a verdict',
    (r) => r.forge((at) => Object.assign(at('verdict', 1).data, { reasons: ['observed: well'] })),
    'verdict_differs',
    /^11-verdict\.md reasons\.0$/,
  ],
  [
    'the improvement of a verdict',
    (r) => r.forge((at) => Object.assign(at('verdict', 1).data.primary, { improvement_pct: 80 })),
    'verdict_differs',
    /^11-verdict\.md primary\.improvement_pct$/,
  ],
  [
    'the p of the judgement and of the verdict',
    (r) =>
      r.forge((at) => {
        for (const o of [at('verdict', 1).data.primary, at('remeasure', 1).data.confirmation.judgement]) o.p = 1e-9;
      }),
    'session_differs',
    /^10-remeasure\.md confirmation\.judgement\.p$/,
  ],
  [
    'why sampling stopped',
    (r) => r.forge((at) => Object.assign(at('remeasure').data.screen, { stopped: 'passed' })),
    'session_differs',
    /^06-remeasure\.md screen\.stopped$/,
  ],
  [
    'the samples and their hash',
    (r) =>
      r.forge((at) =>
        Object.assign(at('remeasure', 1).data.screen, {
          samples_hash: rewrite(r, 'attempt-02-screen', (row) => {
            if (row.arm === 'candidate') row.metrics.noisy = 300;
          }),
        }),
      ),
    'session_differs',
    /^10-remeasure\.md screen\.candidate\.0$/,
  ],
  [
    'the samples, their hash and their values',
    (r) =>
      r.forge((at) => {
        const s = at('remeasure', 1).data.screen;
        s.samples_hash = rewrite(r, 'attempt-02-screen', (row) => {
          if (row.arm === 'candidate') row.metrics.noisy = 300;
        });
        s.candidate = s.candidate.map(() => 300);
      }),
    'session_differs',
    /screen\.judgement\.candidate$/,
  ],
  [
    'a metric, without what it was read from',
    (r) =>
      r.forge((at) =>
        Object.assign(at('remeasure', 1).data.screen, {
          samples_hash: rewrite(r, 'attempt-02-screen', (row) => {
            row.metrics.wall = 0.5;
          }),
        }),
      ),
    'metric_differs',
    /screen\.jsonl:1 metrics\.wall$/,
  ],
  [
    'the confirmation away',
    (r) => r.forge((at) => Object.assign(at('remeasure', 1).data, { confirmation: null })),
    'confirmation_missing',
    /^10-remeasure\.md$/,
  ],
  [
    'the sessions away',
    (r) => r.forge((at) => Object.assign(at('remeasure', 1).data, { screen: null, confirmation: null })),
    'samples_missing',
    /^10-remeasure\.md screen$/,
  ],
  [
    'the seed of the order',
    (r) => r.forge((at) => Object.assign(at('remeasure', 1).data.screen, { seed: 'lucky' })),
    'session_differs',
    /screen\.seed$/,
  ],
  [
    'the test that judges',
    (r) =>
      r.forge((at) =>
        Object.assign(at('baseline').data, {
          test: at('baseline').data.test === 'mann_whitney' ? 'mean_2sigma' : 'mann_whitney',
        }),
      ),
    'session_differs',
    /^02-baseline\.md test$/,
  ],
  [
    'the total',
    (r) => r.forge((at) => Object.assign(at('report').data.total, { improvement_pct: 90 })),
    'total_differs',
    /^report\.md total\.improvement_pct$/,
  ],
  [
    'the product of the gains',
    (r) => r.forge((at) => Object.assign(at('report').data, { product_of_gains_pct: 90 })),
    'total_differs',
    /^report\.md product_of_gains_pct$/,
  ],
  [
    'the contract',
    (r) =>
      r.forge((at) => {
        for (const n of [0, 1]) at('scoping', n).data.contract.threshold.pct_min = 1;
      }),
    'contract_hash',
    /^01-scoping\.md contract_hash$/,
  ],
  [
    'the seal of a protected file',
    (r) => r.forge((at) => Object.assign(at('scoping', 1).data.protected, { 'bench.sh': sha256('other') })),
    'protected_changed',
    /^bench\.sh$/,
  ],
  [
    'the paths of an attempt',
    (r) => r.forge((at) => Object.assign(at('fix').data, { changes: [{ path: 'other.txt', status: 'modified' }] })),
    'attempt_differs',
    /^05-fix\.md changes\.0\.path$/,
  ],
  [
    'the snapshot of an attempt',
    (r) => r.forge((at) => Object.assign(at('fix').data.snapshot, { commit: r.repo.git('rev-parse', 'HEAD') })),
    'ref_moved',
    /attempts\/1$/,
  ],
  [
    'the figures in the trailers',
    (r) => replaceCommit(r, (text) => text.replace(/noisy \d+(\.\d+)? %/, 'noisy 80 %')),
    'commit_message',
    /^[0-9a-f]{40} message\.6$/,
  ],
  [
    'the content of the accepted commit',
    (r) => {
      r.repo.write('work.sh', 'STEPS=50\nANSWER=42\n# more\n');
      r.repo.git('add', 'work.sh');
      replaceCommit(r, (text) => text, r.repo.git('write-tree'));
    },
    'commit_differs',
    /^[0-9a-f]{40} work\.sh$/,
  ],
  [
    'another file into the accepted commit',
    (r) => {
      r.repo.write('more.txt', '');
      r.repo.git('add', 'more.txt');
      replaceCommit(r, (text) => text, r.repo.git('write-tree'));
    },
    'commit_differs',
    /^[0-9a-f]{40} more\.txt$/,
  ],
  [
    'data that is none',
    (r) => r.forge((at) => Object.assign(at('baseline'), { data: 7 })),
    'not_checkable',
    /^02-baseline\.md$/,
  ],
])('finds a forgery of %s', async (_, forge, code, where) => {
  const run = copy();
  forge(run);
  const { findings } = await run.verify();
  expect(findings).toContainEqual(expect.objectContaining({ code, where: expect.stringMatching(where) }));
  expect(findings.map((f) => f.code)).not.toContain('journal_damaged');
});

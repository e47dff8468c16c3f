import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { type Copy, finishedRun } from './finished-run.ts';

const perfgate = perfGate();
const copy = finishedRun(perfgate);

const screen = 'samples/attempt-02-screen.jsonl';
const rowsOf = (run: Copy, name = screen) => run.read(name).trimEnd().split('\n');
const write = (run: Copy, name: string, rows: string[]) => writeFileSync(run.path(name), `${rows.join('\n')}\n`);

/** Puts what the branch holds under another commit, with this message. */
function amend(run: Copy, message: string): string {
  const { git } = run.repo;
  const made = git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD~1', '-m', message);
  git('update-ref', 'refs/heads/perf-gate/make-it-faster', made);
  return made;
}

it('finds nothing in an honest run, in every place', async () => {
  const run = copy();
  const { holds, findings, notes, checked } = await run.verify();
  expect(findings).toEqual([]);
  expect(holds).toBe(true);
  // The copy is another clone: its approval came from elsewhere, which is worth a note and no contradiction.
  expect(notes.map((n) => n.code)).toEqual(['approved_elsewhere']);
  expect(checked).toMatchObject({
    commits: 1,
    transitions: run.lines().filter((l) => l.type === 'transition').length,
  });
  // One more where the base looked unlike itself by chance, and was asked again.
  expect(checked.sessions).toBeGreaterThanOrEqual(5);
  expect(checked.samples).toBeGreaterThan(50);
});

type Manipulation = [what: string, tamper: (run: Copy) => void, code: string, where: RegExp];

it.each<Manipulation>([
  [
    'the value of a sample is edited',
    (r) => r.edit(screen, /"noisy":50\d/, '"noisy":400'),
    'samples_changed',
    /^samples\/attempt-02-screen\.jsonl$/,
  ],
  [
    'a sample is taken out',
    (r) => write(r, screen, rowsOf(r).toSpliced(4, 1)),
    'sample_out_of_schedule',
    /screen\.jsonl:5 index$/,
  ],
  [
    'the last sample is taken out',
    (r) => write(r, screen, rowsOf(r).slice(0, -1)),
    'samples_incomplete',
    /screen\.jsonl$/,
  ],
  [
    'two samples change places',
    (r) => write(r, screen, [...rowsOf(r).slice(0, 3), ...rowsOf(r).slice(3, 5).reverse(), ...rowsOf(r).slice(5)]),
    'sample_out_of_schedule',
    /screen\.jsonl:4 /,
  ],
  ['a sample is no JSON', (r) => r.edit(screen, '{"session"', '{session'), 'sample_unreadable', /screen\.jsonl:1$/],
  [
    'the samples of another session are put in',
    (r) => cpSync(r.path(screen), r.path('samples/attempt-02-confirmation.jsonl')),
    'sample_out_of_schedule',
    /confirmation\.jsonl:1 session$/,
  ],
  ['the samples are gone', (r) => rmSync(r.path(screen)), 'samples_missing', /screen\.jsonl$/],
  [
    'a verdict is flipped in its artifact',
    (r) => r.edit('07-verdict.md', 'verdict: rejected', 'verdict: accepted'),
    'artifact_frontmatter',
    /^07-verdict\.md verdict$/,
  ],
  [
    'p is changed in the frontmatter',
    (r) => r.edit('11-verdict.md', /\n {2}p: .*/, '\n  p: 0.0000001'),
    'artifact_frontmatter',
    /^11-verdict\.md primary\.p$/,
  ],
  [
    'the text of an artifact is changed',
    (r) => r.edit('11-verdict.md', '# Verdict', '# The verdict'),
    'artifact_body',
    /^11-verdict\.md$/,
  ],
  [
    'the threshold of the contract is changed',
    (r) => r.edit('01-scoping.md', 'pct_min: 20', 'pct_min: 1'),
    'artifact_frontmatter',
    /^01-scoping\.md contract\.threshold\.pct_min$/,
  ],
  [
    'a line of the journal is edited',
    (r) => r.edit('journal.jsonl', '"pct_min":20', '"pct_min":10'),
    'journal_damaged',
    /^journal\.jsonl:1$/,
  ],
  [
    'the last line of the journal is edited',
    (r) => r.edit('journal.jsonl', /"told":\[\]\},(?=[^\n]*\n$)/, '"told":["x"]},'),
    'journal_damaged',
    /^journal\.jsonl:\d+$/,
  ],
  [
    'a line is taken out of the middle of the journal',
    (r) => write(r, 'journal.jsonl', rowsOf(r, 'journal.jsonl').toSpliced(7, 1)),
    'journal_damaged',
    /^journal\.jsonl:8$/,
  ],
  [
    'the last lines of the journal are taken away',
    (r) => write(r, 'journal.jsonl', rowsOf(r, 'journal.jsonl').slice(0, -3)),
    'journal_short',
    /^run\.md$/,
  ],
  [
    'a transition is taken out, and the hashes fit',
    (r) => r.rechain(r.lines().filter((l) => l.stage !== 'remeasure')),
    'journal_impossible',
    /^journal\.jsonl:\d+$/,
  ],
  [
    'the ref of an attempt is moved',
    (r) => void r.repo.git('update-ref', `refs/perf-gate/${r.run}/attempts/1`, 'HEAD'),
    'ref_moved',
    /attempts\/1$/,
  ],
  [
    'the ref of an attempt is deleted',
    (r) => void r.repo.git('update-ref', '-d', `refs/perf-gate/${r.run}/attempts/1`),
    'ref_missing',
    /attempts\/1$/,
  ],
  ['the accepted commit is amended', (r) => void amend(r, 'perf: better'), 'commit_not_on_branch', /^[0-9a-f]{40}$/],
  [
    'a commit on the branch claims to be accepted',
    (r) => void r.repo.git('commit', '--allow-empty', '-qm', `perf\n\nPerf-Gate-Run: ${r.run}\nPerf-Gate-Attempt: 3`),
    'commit_unknown',
    /^[0-9a-f]{40}$/,
  ],
  [
    'a protected file is changed',
    (r) => r.repo.write('bench.sh', 'echo METRIC noisy=1\n'),
    'protected_changed',
    /^bench\.sh$/,
  ],
  [
    'a protected file is changed on the branch',
    (r) => {
      r.repo.write('bench.sh', 'echo\n');
      r.repo.commit('later');
    },
    'protected_committed',
    /^bench\.sh$/,
  ],
  [
    'the total of the report is changed',
    (r) => r.edit('report.md', /total:\n {2}improvement_pct: .*/, 'total:\n  improvement_pct: 90'),
    'artifact_frontmatter',
    /^report\.md total\.improvement_pct$/,
  ],
  [
    'the page of the report is changed',
    (r) => r.edit('report.html', '</h1>', '!</h1>'),
    'report_changed',
    /^report\.html$/,
  ],
  [
    'an artifact is planted',
    (r) => cpSync(r.path('11-verdict.md'), r.path('12-verdict.md')),
    'artifact_unnamed',
    /^12-verdict\.md$/,
  ],
  ['an artifact is deleted', (r) => rmSync(r.path('06-remeasure.md')), 'artifact_missing', /^06-remeasure\.md$/],
  [
    'the summary is changed',
    (r) => r.edit('run.md', 'accepted: 1', 'accepted: 2'),
    'summary_differs',
    /^run\.md totals\.accepted$/,
  ],
])('finds that %s', async (_, tamper, code, where) => {
  const run = copy();
  tamper(run);
  const { holds, findings } = await run.verify();
  expect(holds).toBe(false);
  expect(findings).toContainEqual(expect.objectContaining({ code, where: expect.stringMatching(where) }));
});

it('ends with 1, and with --json gives the findings as data', async () => {
  const run = copy();
  expect(await perfgate.run(run.repo.root, 'verify')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/everything holds/),
  });
  run.edit('11-verdict.md', /\n {2}p: .*/, '\n  p: 0.5');
  const ended = await perfgate.run(run.repo.root, 'verify', run.run);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/One thing does not hold[\s\S]*11-verdict\.md primary\.p: .* 0\.5, should be 0\.0\d+/);
  const { findings, code } = await perfgate.json<{ findings: object[] }>(run.repo.root, 'verify');
  expect(code).toBe(1);
  expect(findings).toEqual([
    { code: 'artifact_frontmatter', where: '11-verdict.md primary.p', expected: expect.any(Number), found: 0.5 },
  ]);
});

it('writes nothing', async () => {
  const run = copy();
  writeFileSync(run.path('journal.jsonl'), '{"seq":99', { flag: 'a' });
  const before = run.repo.files();
  expect((await run.verify()).notes.map((n) => n.code)).toEqual(['torn_tail', 'approved_elsewhere']);
  expect(run.repo.files()).toEqual(before);
});

/** What is refused was never begun, and what was begun and is refused since does not hold up other commands. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appendEntry, readJournal } from '../../src/artifact/journal.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import { type Recorded, type Restored, restored } from '../helpers/recorded.ts';

const perfgate = perfGate();

const journalOf = ({ project, run }: Pick<Restored, 'project' | 'run'>) =>
  join(project.root, '.perf-gate/runs', run, 'journal.jsonl');

const intents = (run: Restored) =>
  readJournal(journalOf(run)).records.flatMap((r) => (r.type === 'intent' ? [`${r.effect} ${r.key}`] : []));

/** A run as versions before 0.2 left it after an undo that was refused: its intent is in the journal. */
function wedged(name: Recorded, key: string): Restored {
  const run = restored(name);
  const last = readJournal(journalOf(run)).records.at(-1);
  appendEntry(journalOf(run), last, { type: 'intent', effect: 'undo', key, facts: null }, new Date().toISOString());
  return run;
}

const refused = (code: string, exitCode = 2) => ({ code: exitCode, error: { code } });

it('a refused undo leaves the run unchanged, and other commands work', async () => {
  const run = restored('accepted');
  const { root } = run.project;
  const before = readFileSync(journalOf(run), 'utf8');
  expect(await perfgate.json(root, 'undo', '2')).toMatchObject(refused('would_overwrite'));
  expect(readFileSync(journalOf(run), 'utf8')).toBe(before);
  for (const command of ['next', 'abort', 'resume'])
    expect(await perfgate.json(root, command), command).toMatchObject(refused('no_active_run'));
  expect(await perfgate.json(root, 'finish')).toMatchObject({ code: 0 });
  expect(await perfgate.json(root, 'undo', '3')).toMatchObject({ code: 0, attempt: 3 });
  expect(await perfgate.json(root, 'undo', '2')).toMatchObject({ code: 0, attempt: 2 });
  expect(await perfgate.json(root, 'verify')).toMatchObject({ code: 0, holds: true });
});

it.each<[command: string[], code: number]>([
  [['undo', '3'], 0],
  [['undo', '2'], 2],
  [['finish'], 0],
  [['resume'], 0],
])('a run that an older version blocked is unblocked by %s', async (command, code) => {
  const run = wedged('accepted', 'attempt-2');
  const { root } = run.project;
  const first = await perfgate.run(root, ...command);
  expect(first).toMatchObject({ code });
  expect(first.stderr).toMatch(
    /“undo attempt-2” was begun and cannot be completed, so it was given up: .*would overwrite/,
  );
  const second = await perfgate.run(root, 'finish');
  expect(second).toMatchObject({ code: 0 });
  expect(second.stderr).not.toContain('given up');
  expect(await perfgate.json(root, 'verify')).toMatchObject({ code: 0, holds: true });
});

it.each<[command: string, stage: string]>([
  ['pause', 'fix'],
  ['abort', 'aborted'],
])('an active blocked run is unblocked by %s, and says so', async (command, stage) => {
  const run = wedged('fixing', 'attempt-1');
  const freed = await perfgate.run(run.project.root, command);
  expect(freed).toMatchObject({ code: 0 });
  expect(freed.stderr).toContain('“undo attempt-1” was begun and cannot be completed');
  expect(await perfgate.json(run.project.root, 'status')).toMatchObject({ stage });
});

it.each<[name: Recorded, effect: string]>([
  ['unfinished', 'finish'],
  ['rejected', 'restore'],
])('a refused finish of the run “%s” leaves no effect begun', async (name, effect) => {
  const run = restored(name);
  const { root } = run.project;
  run.repo.git('checkout', '--quiet', '-b', 'elsewhere');
  expect(await perfgate.json(root, 'finish')).toMatchObject(refused('branch_changed', 3));
  expect(intents(run).filter((intent) => intent.startsWith(effect))).toEqual([]);
  run.repo.git('checkout', '--quiet', run.branch);
  expect(await perfgate.json(root, 'finish')).toMatchObject({ code: 0 });
  expect(run.project.read(`.perf-gate/runs/${run.run}/run.md`)).not.toContain('interrupted');
});

it('a refused split leaves no effect begun', async () => {
  const run = restored('unfinished');
  run.repo.git('branch', `${run.branch}-1`, 'HEAD~1');
  expect(await perfgate.json(run.project.root, 'finish', '--split')).toMatchObject(refused('branch_exists'));
  expect(intents(run).filter((intent) => intent.startsWith('split'))).toEqual([]);
});

it('a start that was killed before its branch was made can be aborted, even if another branch has the name now', async () => {
  const project = countingProject();
  const { run } = await perfgate.json(project.root, 'start', 'less', '--contract', 'c.yaml');
  const journal = journalOf({ project, run });
  writeFileSync(journal, `${readFileSync(journal, 'utf8').split('\n')[0]}\n`);
  project.git('checkout', '--quiet', 'main');
  project.git('update-ref', '-d', `refs/perf-gate/${run}/start`);
  expect(await perfgate.json(project.root, 'next')).toMatchObject(refused('branch_exists'));
  expect(await perfgate.json(project.root, 'abort')).toMatchObject({ code: 0, outcome: 'aborted' });
  expect(project.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  expect(await perfgate.json(project.root, 'start', 'again', '--contract', 'c.yaml')).toMatchObject({ code: 0 });
});

/** Runs that an earlier version recorded and that have not ended: they go on once they were approved here, and can always be ended. */
import { expect, it } from 'vitest';
import { type Outcome, perfGate } from '../helpers/cli.ts';
import { placeIsHere, type Recorded, type Restored, restored, restoredInPlace } from '../helpers/recorded.ts';

const perfgate = perfGate();

type Noted = { holds: boolean; notes: { code: string }[] };
const notes = async ({ project }: Restored) => {
  const verified = await perfgate.json<Noted>(project.root, 'verify');
  expect(verified).toMatchObject({ code: 0, holds: true });
  return verified.notes.map((n) => n.code);
};
const halved = 'STEPS=50\nPEAK=30\nANSWER=42\n';

/** Hands a fix in, has it judged, and brings the run to its end. */
async function fixAndEnd({ repo, project }: Restored): Promise<Outcome> {
  const waits = await perfgate.json(project.root, 'next');
  expect(waits).toMatchObject({ code: 0, stage: 'fix', waiting: { stage: 'fix' } });
  expect(waits.waiting!.brief).toMatch(/^# Fix, attempt 2: whole program/);
  project.write('work.sh', halved);
  expect(await perfgate.json(project.root, 'submit')).toMatchObject({ code: 0, stage: 'remeasure' });
  const judged = await perfgate.json(project.root, 'next');
  expect(judged.attempts.map((a) => a.verdict)).toEqual(['rejected', 'accepted']);
  expect(judged.attempts[1]!.primary).toMatchObject({
    name: 'steps',
    improvement_pct: 50,
    baseline: 100,
    candidate: 50,
  });
  expect(repo.git('rev-parse', 'HEAD')).toBe(judged.attempts[1]!.commit);
  return judged;
}

it.each<Recorded>(['fixing', 'interrupted'])(
  'runs no command of “%s” before it is approved on this machine, and says so',
  async (name) => {
    const run = restored(name);
    const all = () => [
      run.repo.git('rev-parse', 'HEAD'),
      run.repo.git('status', '--porcelain'),
      run.project.read('work.sh'),
    ];
    const before = all();
    for (const command of ['next', 'resume']) {
      const refused = await perfgate.json<{ error: { code: string; hint: string } }>(run.project.root, command);
      expect(refused).toMatchObject({ code: 2, error: { code: 'foreign_run' } });
      expect(refused.error.hint).toContain('perf-gate approve');
    }
    expect(all()).toEqual(before);
    expect(await notes(run)).toEqual(['not_ended', 'approved_elsewhere']);
  },
);

it('accepts a fix after an approval on this machine, and judges it', async () => {
  const run = restored('fixing');
  expect(await perfgate.json(run.project.root, 'approve', '--yes')).toMatchObject({ code: 0, stage: 'fix' });
  expect(await notes(run)).toEqual(['not_ended']);
  // The run began long ago, so that no further attempt begins: `limits.max_minutes` have passed.
  expect(await fixAndEnd(run)).toMatchObject({ outcome: 'accepted', stage: 'completed' });
  expect(run.repo.git('symbolic-ref', '--short', 'HEAD')).toBe('perf-gate/make-it-faster');
  expect(await perfgate.json<object>(run.project.root, 'finish')).toMatchObject({ code: 0, branch: run.branch });
  expect(await notes(run)).toEqual([]);
});

it('resumes a killed run to its end after an approval on this machine', async () => {
  const run = restored('interrupted');
  expect(await perfgate.json(run.project.root, 'approve', '--yes')).toMatchObject({ code: 0, stage: 'remeasure' });
  const ended = await perfgate.json(run.project.root, 'resume');
  expect(ended).toMatchObject({
    code: 0,
    outcome: 'accepted',
    stage: 'completed',
    attempts: [{ verdict: 'accepted' }],
  });
  expect(ended.attempts[0]!.reasons[0]).toMatch(/^proven: /);
  expect(ended.attempts[0]!.primary).toMatchObject({ name: 'time', unit: 'ms' });
  expect(run.repo.read('work.sh')).toBe(halved);
  expect(await notes(run)).toEqual([]);
});

it.each<[Recorded, string]>([
  ['fixing', 'foreign_run'], // its end would be measured, and nobody approved it here
  ['interrupted', 'wrong_stage'],
])('does not finish “%s” while it is active, but aborts it', async (name, code) => {
  const run = restored(name);
  expect(await perfgate.json(run.project.root, 'finish')).toMatchObject({ code: 2, error: { code } });
  if (name === 'fixing') run.project.write('idea.txt', 'not handed in\n');
  const aborted = await perfgate.json(run.project.root, 'abort');
  expect(aborted).toMatchObject({ code: 0, outcome: 'aborted', stage: 'aborted', total: null });
  expect(aborted.report).toMatch(/report\.md$/);
  expect(run.repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
  expect(run.repo.git('status', '--porcelain')).toBe('');
  expect(run.project.read('work.sh')).toContain('STEPS=100');
  const kept = name === 'fixing' ? 'kept/aborted:idea.txt' : 'attempts/1:work.sh';
  expect(run.repo.git('show', `refs/perf-gate/${run.run}/${kept}`)).toMatch(/not handed in|STEPS=50/);
  expect(await notes(run)).toEqual(['approved_elsewhere']);
  expect(await perfgate.json(run.project.root, 'abort')).toMatchObject({ code: 2, error: { code: 'no_active_run' } });
});

it('pauses a run that was approved elsewhere, and still refuses to continue it', async () => {
  const run = restored('fixing');
  expect(await perfgate.json(run.project.root, 'pause')).toMatchObject({ code: 0, paused: true, stage: 'fix' });
  expect(await perfgate.json(run.project.root, 'resume')).toMatchObject({ code: 2, error: { code: 'foreign_run' } });
  const { code, stderr } = await perfgate.run(run.project.root, 'next');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('perf-gate approve') });
});

it.skipIf(!placeIsHere)('judges a fix without a new approval on the machine of the approval', async () => {
  const run = await restoredInPlace('fixing', perfgate);
  expect(await notes(run)).toEqual(['not_ended']);
  expect(await fixAndEnd(run)).toMatchObject({ outcome: 'accepted', stage: 'completed' });
});

it.skipIf(!placeIsHere)('resumes a killed run without a new approval on the machine of the approval', async () => {
  const run = await restoredInPlace('interrupted', perfgate);
  const ended = await perfgate.json(run.project.root, 'resume');
  expect(ended).toMatchObject({ code: 0, outcome: 'accepted', attempts: [{ verdict: 'accepted' }] });
  expect(await notes(run)).toEqual([]);
});

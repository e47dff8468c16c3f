import { expect, it } from 'vitest';
import { runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';

const perfgate = perfGate();

type Finished = { commit: string | null; told: string[]; error?: { code: string; message: string } };

it('finish ends a run that waits for the next idea, with the total of the accepted changes', async () => {
  const repo = await runByHand(perfgate, 'measured', { limits: { max_attempts: 3 } });
  expect(await perfgate.json(repo.root, 'next')).toMatchObject({
    stage: 'hotspots',
    attempts: [{ verdict: 'accepted' }],
  });
  const finished = await perfgate.json<Finished>(repo.root, 'finish');
  expect(finished).toMatchObject({ code: 0, commit: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(finished.told[1]).toMatch(/^Total: base against final head, measured separately: 50(\.0)? % /);
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'completed', total: expect.anything() });
});

it('finish in the middle of a fix returns to the original branch if no change was accepted', async () => {
  const repo = await runByHand(perfgate, 'fix');
  const finished = await perfgate.json<Finished>(repo.root, 'finish');
  expect(finished).toMatchObject({ code: 0, commit: null });
  expect(repo.git('branch', '--show-current')).toBe('main');
});

it('finish refuses if edits were not submitted, and does not change them', async () => {
  const repo = await runByHand(perfgate, 'fix');
  repo.write('work.sh', 'STEPS=60\nANSWER=42\n');
  const refused = await perfgate.json<Finished>(repo.root, 'finish');
  expect(refused).toMatchObject({ code: 2, error: { code: 'wrong_stage' } });
  expect(refused.error!.message).toContain('your edits to be submitted');
  expect(repo.read('work.sh')).toContain('STEPS=60');
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'fix' });
});

it('finish refuses a run without an approved contract', async () => {
  const repo = await runByHand(perfgate, 'scoping');
  expect((await perfgate.json<Finished>(repo.root, 'finish')).code).toBe(2);
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'scoping' });
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { must, runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';

const perfgate = perfGate();

it('waits for approval without one, and names the next command at every step', async () => {
  const repo = countingProject();
  const started = await perfgate.json(repo.root, 'start', 'make it faster', '--contract', 'c.yaml');
  expect(started).toMatchObject({ code: 0, stage: 'scoping', outcome: null, waiting: { stage: 'scoping' } });
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ stage: 'scoping', next: 'perf-gate approve' });
  expect(await perfgate.json(repo.root, 'approve')).toMatchObject({ code: 0, stage: 'baseline' });
  const hotspots = await perfgate.run(repo.root, 'next');
  expect(hotspots.code).toBe(0);
  expect(hotspots.stdout).toMatch(/^# Hotspots: make it faster/);
  expect(await perfgate.json(repo.root, 'submit')).toMatchObject({ code: 0, stage: 'fix' });
  const fix = await perfgate.run(repo.root, 'next');
  expect(fix.stdout).toMatch(/^# Fix, attempt 1: whole program/);
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  expect(await perfgate.json(repo.root, 'submit')).toMatchObject({ code: 0, stage: 'remeasure' });
  expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 0, outcome: 'accepted', stage: 'completed' });
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ outcome: 'accepted' });
});

it('exits with 0 after a rejection, because the run goes on', async () => {
  const repo = await runByHand(perfgate, 'fix', { limits: { max_attempts: 2 } });
  repo.write('work.sh', 'STEPS=99\nANSWER=42\n');
  await must(perfgate, repo, 'submit');
  const next = await perfgate.json(repo.root, 'next');
  expect(next).toMatchObject({ code: 0, outcome: null, stage: 'hotspots', attempts: [{ verdict: 'rejected' }] });
  expect(next.waiting!.brief).toContain('attempt 1, whole program: rejected');
});

it('stops at pause, keeps its stage, and continues at resume', async () => {
  const repo = await runByHand(perfgate, 'fix');
  expect(await perfgate.json(repo.root, 'pause')).toMatchObject({ code: 0, paused: true, stage: 'fix' });
  expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 0, stage: 'fix' });
  expect(await perfgate.json(repo.root, 'status')).toMatchObject({ paused: true, next: 'perf-gate resume' });
  const resumed = await perfgate.json(repo.root, 'resume');
  expect(resumed).toMatchObject({ code: 0, stage: 'fix', waiting: { stage: 'fix' } });
});

it('lets an agent write the contract, and a person approve it', async () => {
  const repo = countingProject();
  const started = await perfgate.json(repo.root, 'start', 'make it faster', '--agent', 'inline');
  expect(started).toMatchObject({ code: 0, stage: 'scoping', waiting: { stage: 'scoping' } });
  expect(await perfgate.json(repo.root, 'approve')).toMatchObject({ code: 2, error: { code: 'nothing_to_approve' } });
  const contract = repo.read('c.yaml').trimEnd().replace(/^/gm, '  ');
  const head = (result: string) => `---\nstage: scoping\nepoch: 1\nresult: ${result}\ncontract:\n${contract}\n---\n`;
  repo.write('answer.md', head('approved'));
  expect(await perfgate.json(repo.root, 'submit', 'answer.md')).toMatchObject({
    code: 2,
    error: { code: 'approval_by_person' },
  });
  repo.write('answer.md', head('pending'));
  expect(await perfgate.json(repo.root, 'submit', 'answer.md')).toMatchObject({ code: 0, stage: 'scoping' });
  expect(await perfgate.json(repo.root, 'preflight')).toMatchObject({
    code: 0,
    preflight: { observed: { steps: 100 } },
  });
  expect(await perfgate.json(repo.root, 'approve')).toMatchObject({ code: 0, stage: 'baseline' });
  expect(await perfgate.json(repo.root, 'next')).toMatchObject({ code: 0, stage: 'hotspots' });
});

it('refuses to measure a contract that was changed after approval, and names the file', async () => {
  const repo = await runByHand(perfgate, 'approved');
  repo.write('bench.sh', 'echo METRIC steps=1\n');
  const refused = await perfgate.json<{ error: { message: string } }>(repo.root, 'next');
  expect(refused).toMatchObject({ code: 3, error: { code: 'contract_changed' } });
  expect(refused.error.message).toContain('bench.sh');
});

it('ends as escalated if another process moved the branch, and names both commits', async () => {
  const repo = await runByHand(perfgate, 'measured');
  const expected = repo.git('rev-parse', 'HEAD');
  repo.git('commit', '--quiet', '--allow-empty', '--message', 'from somewhere else');
  const ended = await perfgate.json(repo.root, 'next');
  expect(ended).toMatchObject({ code: 3, outcome: 'escalated', total: null });
  const { reason } = await perfgate.json(repo.root, 'status');
  expect(reason).toMatch(new RegExp(`expected ${expected}, found [0-9a-f]{40}`));
  const report = readFileSync(ended.report!, 'utf8');
  expect(report).toContain(`expected ${expected}, found ${repo.git('rev-parse', 'HEAD')}`);
  expect(repo.git('rev-parse', `refs/perf-gate/${ended.run}/attempts/1:work.sh`)).toBe(
    repo.git('hash-object', 'work.sh'),
  );
});

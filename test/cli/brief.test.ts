import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/record/read-run.ts';
import { LONGEST, runBrief } from '../../src/report/brief.ts';
import { must, runByHand } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Brief = { run: string; protocol: string; brief: string; stage: string | null };

/** The client's status line in a folder. */
function line(cwd: string, told: string): string {
  const ended = spawnSync(process.execPath, [perfgate.bin(), 'statusline'], { cwd, input: told, encoding: 'utf8' });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  return ended.stdout;
}

/** A run in its second attempt: the first halved the work. */
async function secondAttempt(): Promise<TestRepository> {
  const repo = await runByHand(perfgate, 'measured', { limits: { max_attempts: 3 } });
  await must(perfgate, repo, 'next');
  await must(perfgate, repo, 'submit');
  await must(perfgate, repo, 'next');
  return repo;
}

it('gives any agent the protocol, the contract, the stage, the attempts and the next command', async () => {
  const repo = await secondAttempt();
  const { protocol, brief, stage, run } = await perfgate.json<Brief>(repo.root, 'brief', '--stage');
  expect(protocol).toContain('`perf-gate submit`');
  expect(brief.split('\n')).toEqual([
    `Run ${run}: make it faster`,
    'It stands at fix, attempt 2.',
    'Asked for: at least 20 % less steps, measured by `sh bench.sh`.',
    'What must hold: the output stays the same; untouched: bench.sh, c.yaml.',
    'Tried:',
    expect.stringMatching(/^- attempt 1, whole program: accepted, \+50\.0 %/),
    'Gained so far: +50.0 %.',
    expect.stringMatching(/^Next: perf-gate next/),
  ]);
  expect(stage).toMatch(/^# Fix, attempt 2: whole program/);
  const text = await must(perfgate, repo, 'brief');
  expect(text).toBe(`${protocol}\n\n${brief}\n`);

  expect(line(repo.root, '')).toBe('perf-gate: fix, attempt 2 · +50.0 % so far\n');
  const elsewhere = temporaryFolder();
  const told = { cwd: elsewhere, workspace: { project_dir: join(repo.root, '.perf-gate') } };
  expect(line(elsewhere, JSON.stringify(told))).toBe('perf-gate: fix, attempt 2 · +50.0 % so far\n');
  await must(perfgate, repo, 'abort');
  expect(line(repo.root, '{}')).toBe('');
});

it('keeps the newest attempts of a long run', async () => {
  const repo = await runByHand(perfgate, 'fix', { guards: { protected: ['bench.sh', `${'long/'.repeat(200)}**`] } });
  await must(perfgate, repo, 'abort');
  const state = readRun(repo.root, (await perfgate.json(repo.root, 'status')).run);
  const data = (n: number) => ({
    hotspot: { id: `place ${n}` },
    base: { tree: '' },
    skipped: 'nothing there. '.repeat(30),
  });
  const skipped = Array.from({ length: 30 }, (_, n) => ({
    ...state.steps[0]!,
    stage: 'fix',
    result: 'skipped',
    data: data(n),
  }));
  const text = runBrief(
    { ...state, task: 'word '.repeat(1000), steps: [...state.steps, ...skipped] },
    'perf-gate next',
  );
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  expect(text.length).toBeGreaterThan(LONGEST - 250);
  expect(text).toMatch(/Tried:\n- \d+ more before\n/);
  expect(text).toContain('place 29');
  expect(text).toMatch(/Next: perf-gate next$/);
});

it('shows nothing without a run, for any input of the client', () => {
  for (const told of ['', '{', '[]', '{"cwd": 7}', 'null', '{"workspace": "x"}'])
    expect(line(temporaryFolder(), told)).toBe('');
});

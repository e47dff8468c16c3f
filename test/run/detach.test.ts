import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runPaths } from '../../src/artifact/paths.ts';
import type { AtWork } from '../../src/cli/terminal/at-work.ts';
import { runByHand } from '../helpers/by-hand.ts';
import { type Outcome, perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { type TestRepository, temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Told = Outcome & { background: AtWork | null; next?: string };

/** Longer than anything takes here (s), on however busy a machine. */
const LONG = 100;

/** A run that is approved, whose measurement stops in its sixth execution until it is let go. */
async function slowRun(): Promise<{ repo: TestRepository; letGo(): void }> {
  const folder = temporaryFolder();
  const stop = join(folder, 'stop');
  const count = join(folder, 'count');
  const before_each = `[ -e ${stop} ] || exit 0; echo >> ${count}; sleep 0.3; while [ -e ${stop} ] && [ $(wc -l < ${count}) -gt 5 ]; do sleep 0.05; done`;
  const repo = await runByHand(perfgate, 'approved', { repro: { before_each, timeout_s: 600 } });
  writeFileSync(stop, '');
  const letGo = () => rmSync(stop, { force: true });
  onTestFinished(async () => {
    letGo();
    await wait(repo, LONG);
  });
  return { repo, letGo };
}

const wait = (repo: TestRepository, seconds: number) =>
  perfgate.json<Told>(repo.root, 'wait', '--timeout', String(seconds));

it('measures in the background, reports its progress, and then prints the same as `next`', async () => {
  const { repo, letGo } = await slowRun();
  const begun = await perfgate.json<Told>(repo.root, 'next', '--detach');
  expect(begun).toMatchObject({ code: 0, stage: 'baseline', background: { pid: expect.any(Number) } });
  await vi.waitFor(async () => {
    const still = await wait(repo, 0);
    expect(still).toMatchObject({ code: 75, stage: 'baseline', background: { pid: begun.background!.pid } });
    expect(still.background!.progress).toMatchObject({
      stage: 'baseline',
      done: expect.any(Number),
      base_median: 100,
      candidate_median: 100,
    });
  }, LONG * 1000);
  expect(await perfgate.json<Told>(repo.root, 'status')).toMatchObject({
    next: 'perf-gate wait',
    background: { pid: begun.background!.pid },
  });
  expect((await perfgate.run(repo.root, 'status')).stdout).toMatch(/^at work {2}pid \d+: .+ of \d+ executions/m);

  const second = await perfgate.run(repo.root, 'next');
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`pid ${begun.background!.pid} (perf-gate next --detach)`);

  letGo();
  const told = await wait(repo, LONG);
  expect(told).toMatchObject({ code: 0, stage: 'hotspots', waiting: { stage: 'hotspots' } });
  expect(await perfgate.json(repo.root, 'next')).toEqual(told);
  expect((await perfgate.run(repo.root, 'wait')).code).toBe(0);
});

it('begins a run, and continues it in the background to its end', async () => {
  const repo = countingProject();
  const how = ['--contract', 'c.yaml', '--yes', '--fix-command', halve, '--detach'];
  expect(await perfgate.json<Told>(repo.root, 'start', 'make it faster', ...how)).toMatchObject({ code: 0 });
  expect(await wait(repo, LONG)).toMatchObject({ code: 0, outcome: 'accepted', stage: 'completed' });
});

it('says what to do if the background process is killed, and continues from there', async () => {
  const { repo, letGo } = await slowRun();
  const { background, run } = await perfgate.json<Told>(repo.root, 'next', '--detach');
  process.kill(background!.pid, 'SIGKILL');
  letGo();
  const killed = await wait(repo, LONG);
  expect(killed).toMatchObject({ code: 3, error: { code: 'background_died' } });
  expect((await perfgate.run(repo.root, 'status')).stdout).toContain('`perf-gate resume --detach` continues the run');
  const resumed = await perfgate.json<Told>(repo.root, 'resume', '--detach');
  expect(resumed.code).toBe(0);
  expect(await wait(repo, LONG)).toMatchObject({ code: 0, stage: 'hotspots', waiting: { stage: 'hotspots' } });
  expect(readFileSync(runPaths(repo.root, run).detachedLog, 'utf8')).toContain('was killed in the stage baseline');
});

it('stops cleanly at a signal, and `wait` reports that', async () => {
  const { repo, letGo } = await slowRun();
  const { background } = await perfgate.json<Told>(repo.root, 'next', '--detach');
  process.kill(background!.pid, 'SIGTERM');
  expect(await wait(repo, LONG)).toMatchObject({ code: 130, error: { code: 'interrupted' } });
  letGo();
  expect(await perfgate.json(repo.root, 'resume')).toMatchObject({ code: 0, stage: 'hotspots' });
});

/** What `next --detach` tells: at once where it takes no time, by `wait` where the machine is busy. */
async function nextDetached(repo: TestRepository): Promise<Told> {
  const told = await perfgate.json<Told>(repo.root, 'next', '--detach');
  return told.background ? wait(repo, LONG) : told;
}

it('prints immediate results at once: a brief, or an error', async () => {
  const repo = await runByHand(perfgate, 'hotspots');
  expect(await nextDetached(repo)).toMatchObject({ code: 0, waiting: { stage: 'hotspots' } });

  const changed = await runByHand(perfgate, 'approved');
  expect(await perfgate.json(changed.root, 'wait')).toMatchObject({ code: 2, error: { code: 'nothing_to_wait_for' } });
  changed.write('bench.sh', 'echo METRIC steps=1\n');
  const refused = await nextDetached(changed);
  expect(refused).toMatchObject({ code: 3, error: { code: 'contract_changed' } });
  expect(await perfgate.json(changed.root, 'wait')).toEqual(refused);
});

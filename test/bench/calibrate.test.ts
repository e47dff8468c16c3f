import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/bench/calibrate/calibrate.ts';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, countingProject, everything, sampled } from '../helpers/project.ts';

const perfgate = perfGate();
const calibrate = (repo: { root: string }, ...args: string[]) =>
  perfgate.json<Calibration>(repo.root, 'calibrate', '--contract', 'c.yaml', ...args);

const time = (source: 'wall' | 'undelayed_wall' | 'cpu') => ({ primary: { name: source, source }, watchdogs: [] });

/** A project with this shell script as its program. */
const running = (script: string, change: ContractChange = {}) =>
  countingProject({ guards: { same_output: undefined, protected: [] }, ...change }, { 'bench.sh': script });

describe('unchanged code', () => {
  it('is not accepted; its noise is reported; the project stays untouched', async () => {
    const repo = countingProject({ metrics: { primary: sampled } });
    const before = everything(repo);
    const made = await calibrate(repo, '--sessions', '3');
    expect(made).toMatchObject({ code: 0, sessions: 3, screens_passed: 0, false_accepts: 0, slowdown: null });
    expect(made.pairs).toBeGreaterThanOrEqual(4 * 5);
    // noise of 0 to 3 steps on a thousand, and a threshold of 20 %
    expect(made.noise_pct).toBeGreaterThan(0);
    expect(made.noise_pct).toBeLessThan(1);
    expect(made.resolvable_pct).toBeGreaterThan(20);
    expect(made.resolvable_pct).toBeLessThan(25);
    expect(everything(repo)).toEqual(before);
  });

  it('that runs faster in one folder is accepted in every second session without confirmation: exit code 1', async () => {
    const placed = 'case $PWD in */b) echo METRIC noisy=50;; *) echo METRIC noisy=100;; esac\n';
    const metrics = { primary: sampled };
    const believed = await calibrate(
      running(placed, { metrics, confirm: false, limits: { max_attempts: 1 } }),
      '--sessions',
      '2',
    );
    expect(believed).toMatchObject({ code: 1, screens_passed: 1, false_accepts: 1, looked_different: 3 });
    const confirmed = await calibrate(running(placed, { metrics }), '--sessions', '2');
    expect(confirmed).toMatchObject({ code: 0, screens_passed: 1, false_accepts: 0 });
  });

  it('cannot be calibrated if it fails', async () => {
    const ended = await perfgate.run(running('exit 3\n').root, 'calibrate', '--contract', 'c.yaml');
    expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('exit code 3') });
  });
});

describe('a planted slowdown', () => {
  const work = 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done\n';

  it('is noticed, and estimated at about its size', async () => {
    const repo = running(work, { metrics: time('cpu'), repro: { max_runs: 10 } });
    const { slowdown, code } = await calibrate(repo, '--sessions', '1', '--slowdown', '80%');
    expect(slowdown).toMatchObject({ planted_pct: 80, noticed: true, pairs: 10 });
    expect(slowdown!.seen_pct! / 80).toBeGreaterThan(0.4);
    expect(slowdown!.seen_pct! / 80).toBeLessThan(2.5);
    expect(code).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'is noticed by undelayed wall time, and every delay is measured',
    async () => {
      const repo = running(work, { metrics: time('undelayed_wall'), repro: { max_runs: 10 } });
      const { slowdown, warnings } = await calibrate(repo, '--sessions', '1', '--slowdown', '80%');
      expect(slowdown).toMatchObject({ planted_pct: 80, noticed: true });
      expect(slowdown!.seen_pct! / 80).toBeGreaterThan(0.4);
      expect(slowdown!.seen_pct! / 80).toBeLessThan(2.5);
      expect(warnings.join()).not.toContain('main thread');
    },
  );

  it('is not noticed if a larger effect hides it: exit code 1, with a message', async () => {
    const hidden = 'case $PWD in */b) sleep 0.01;; *) sleep 0.04;; esac\n';
    const { root } = running(hidden, { metrics: time('wall') });
    const ended = await perfgate.run(root, 'calibrate', '--contract', 'c.yaml', '--sessions', '1', '--slowdown', '1%');
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('1 % was planted and NOT noticed');
  });

  it('is refused if the metric would not show it, and without a number', async () => {
    const refused = async (repo: { root: string }, slowdown: string) =>
      (await perfgate.run(repo.root, 'calibrate', '--contract', 'c.yaml', '--slowdown', slowdown)).stderr;
    expect(await refused(countingProject(), '10%')).toContain('cannot be planted for steps');
    expect(await refused(running(work, { metrics: time('cpu') }), 'much')).toContain('--slowdown is “much”');
  });
});

it('needs a contract', async () => {
  const ended = await perfgate.run(countingProject().root, 'calibrate');
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Pass --contract FILE') });
});

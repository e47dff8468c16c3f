import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runPaths } from '../../../src/artifact/paths.ts';
import { run as execute } from '../../../src/core/exec.ts';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { runWatch } from '../../../src/monitor/runs/watch.ts';
import { eventsOfRun } from '../../../src/monitor/sources/runs.ts';
import { perfGate } from '../../helpers/cli.ts';
import { folder } from '../../helpers/folder.ts';
import { contractText, countingProject, halve, sampled } from '../../helpers/project.ts';
import { restored } from '../../helpers/recorded.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const perfgate = perfGate();

/** A watch over these folders, with a clock that the test moves by one search interval each time. */
function watching(...folders: string[]) {
  const kept: MonitorEvent[] = [];
  const clock = { at: 0, ms: () => clock.at, now: () => new Date().toISOString() };
  const watch = runWatch({ clock, folders: () => folders, keep: (events) => void kept.push(...events) });
  const live = () => {
    clock.at += 10_000;
    watch.look();
    return watch.live();
  };
  return { live, kept };
}

it('a run is followed live: its stage, its samples as they arrive with an interval, its verdict', async () => {
  // the screen session waits after its first pairs until the test releases it
  const hold = join(temporaryFolder(), 'hold');
  const repo = countingProject({}, { 'src/deep/file.txt': '' });
  const lines = `cat ${repo.root}/.perf-gate/runs/*/samples/attempt-01-screen.jsonl 2>/dev/null | wc -l`;
  const script = `while [ -e ${hold} ] && [ $(${lines}) -ge 11 ]; do sleep 0.05; done; sh bench.sh`;
  repo.write('c.yaml', contractText({ metrics: { primary: sampled }, repro: { script, timeout_s: 600 } }));
  repo.commit('a benchmark that waits');
  writeFileSync(hold, '');
  const words = ['start', 'make it faster', '--contract', 'c.yaml', '--yes', '--fix-command', halve];
  const child = spawn(process.execPath, [perfgate.bin(), ...words], {
    cwd: repo.root,
    env: perfgate.env(),
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const { live, kept } = watching(join(repo.root, 'src/deep'), '/nowhere');
  const seen = await vi.waitFor(
    () => {
      const [run] = live();
      expect(run?.measuring?.session).toBe('attempt-01-screen');
      // the order within a pair alternates: each arm may have one sample more than there are pairs
      expect(run?.measuring?.effect_pct).toEqual(expect.any(Number));
      return run!;
    },
    { timeout: 100_000, interval: 50 },
  );
  expect(seen).toMatchObject({
    ...{ project: repo.root, task: 'make it faster', stage: 'remeasure', ended: null, paused: false, attempts: [] },
    measuring: { session: 'attempt-01-screen', metric: 'noisy', unit: 'steps', lower_is_better: true },
  });
  const left = [...new Set(seen.stages.map(({ stage }) => stage))];
  expect(left).toEqual(['scoping', 'baseline', 'profile', 'hotspots', 'fix']);
  const { effect_pct, ci95_pct, base } = seen.measuring!;
  expect(base[0]).toBeGreaterThanOrEqual(1000);
  expect(effect_pct).toBeCloseTo(50, 0);
  // with few pairs, an interval may have no lower bound
  expect(ci95_pct).toHaveLength(2);
  expect(ci95_pct![0] ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(effect_pct!);
  rmSync(hold);
  await ended;
  const [over] = live();
  expect(over).toMatchObject({
    ...{ ended: 'completed', measuring: null },
    attempts: [{ attempt: 1, verdict: 'accepted', kept: true, effect_pct: expect.closeTo(50, 0) }],
  });
  const stored = new Set(kept.map(({ identity }) => identity));
  expect([...stored].sort()).toEqual(
    eventsOfRun(repo.root, over!.run)
      .map(({ identity }) => identity)
      .sort(),
  );
});

it('pipes, links and damaged files instead of a journal are ignored', async () => {
  const { project, run } = restored('accepted');
  const journal = runPaths(project.root, run).journal;
  const pipe = folder();
  const dir = runPaths(pipe, '20261129-0020-pipe').dir;
  mkdirSync(dir, { recursive: true });
  await execute('mkfifo', [join(dir, 'journal.jsonl')]);
  const { live, kept } = watching(pipe, project.root);
  expect(live().length + kept.length).toBeGreaterThan(0);
  const before = kept.length;
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"seq":2', '"seq":3'));
  expect(live()).toEqual([]);
  expect(kept).toHaveLength(before);
});

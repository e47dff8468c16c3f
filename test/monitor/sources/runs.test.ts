import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPaths } from '../../../src/artifact/paths.ts';
import { command as importing } from '../../../src/cli/commands/monitor/import.ts';
import { eventsOfRun } from '../../../src/monitor/sources/runs.ts';
import type { Imported } from '../../../src/monitor/sources/tally.ts';
import { attemptsOf } from '../../../src/record/history.ts';
import { readRun } from '../../../src/record/read-run.ts';
import { call } from '../../helpers/call.ts';
import { folder } from '../../helpers/folder.ts';
import { recordedRuns, restored } from '../../helpers/recorded.ts';

it.each(recordedRuns)('every step of the run “%s” becomes an event, and its verdicts have their effects', (name) => {
  const { project, run } = restored(name);
  const state = readRun(project.root, run);
  const events = eventsOfRun(project.root, run);
  const stages = events.filter((event) => event.name !== 'whole run');
  expect(stages.map((event) => event.name)).toEqual(state.steps.map(({ stage }) => stage));
  expect(stages.every(({ duration_ms }) => duration_ms! >= 0)).toBe(true);
  expect(new Set(events.map(({ identity }) => identity)).size).toBe(events.length);
  expect(events.length - stages.length).toBe(state.ended === null ? 0 : 1);
  const verdicts = stages.filter((event) => event.name === 'verdict' && event.attributes.result !== 'abort');
  expect(verdicts.map(({ attributes }) => [attributes.attempt, attributes.result])).toEqual(
    attemptsOf(state).map(({ attempt, verdict }) => [attempt, verdict]),
  );
  expect(verdicts.map(({ attributes }) => attributes.effect_pct)).toEqual(
    attemptsOf(state).map(({ primary }) => primary?.improvement_pct ?? undefined),
  );
  // neither the task, which is part of the run's id, nor the changes
  expect(JSON.stringify(events.map(({ identity: _, ...kept }) => kept))).not.toContain(run.slice(14));
});

it('runs are imported once, from this project or from named ones; damaged and foreign journals are skipped', async () => {
  const [one, other, damaged] = [restored('accepted'), restored('rejected'), restored('aborted')];
  const journal = runPaths(damaged.project.root, damaged.run).journal;
  const linked = folder();
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"seq":2', '"seq":3'));
  symlinkSync(join(one.project.root, '.perf-gate'), join(linked, '.perf-gate'));
  const home = folder();
  const take = async (cwd: string, runs: string[] | true) => {
    const of = { cwd, env: { HOME: home, PERF_GATE_MONITOR_HOME: join(home, 'monitor') } };
    return JSON.parse((await call(importing, of, [], { json: true, runs, since: '500w' })).out) as Imported;
  };
  const events = eventsOfRun(one.project.root, one.run).length;
  const first = await take(one.project.root, true);
  expect(first).toMatchObject({ files: 1, unreadable: [] });
  expect(first.added + first.too_old).toBe(events);
  const again = await take(home, [one.project.root, other.project.root, damaged.project.root, linked]);
  expect(again).toMatchObject({ files: 2, known: first.added });
  expect(again.unreadable.map(({ file, reason }) => [file.split('/.perf-gate')[0], reason])).toEqual([
    [damaged.project.root, expect.stringContaining('damaged')],
    [linked, 'it is outside of its project'],
  ]);
});

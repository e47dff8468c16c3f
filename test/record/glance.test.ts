import { expect, it } from 'vitest';
import { glanceAt } from '../../src/record/glance.ts';
import { attemptsOf, hasContract } from '../../src/record/history.ts';
import { readRun } from '../../src/record/read-run.ts';
import { recordedRuns, restored } from '../helpers/recorded.ts';

it.each(recordedRuns)('a glance at the run “%s” agrees with the whole journal, read through its schemas', (name) => {
  const { project, run } = restored(name);
  const state = readRun(project.root, run);
  const { task, git, stage, paused, ended } = state;
  expect(glanceAt(project.root, run)).toEqual({
    run,
    task,
    branch: git.branch ?? git.original_branch,
    stage,
    paused,
    ended,
    hasContract: hasContract(state),
    attempts: attemptsOf(state).map(({ attempt, hotspot, verdict, kept }) => ({ attempt, hotspot, verdict, kept })),
  });
});

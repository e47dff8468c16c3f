import { existsSync, readdirSync } from 'node:fs';
import closest from 'fastest-levenshtein';
import { readJournal } from '../artifact/journal.ts';
import { runPaths, runsDir } from '../artifact/paths.ts';
import { failure } from '../core/errors.ts';
import type { RunState } from '../stages/shared/run.ts';
import { workflowFrom } from './load.ts';
import { buildMachine } from './machine.ts';
import { firstRecord, replay } from './replay.ts';

/** The runs of a project, oldest first. */
export function runIds(project: string): string[] {
  const dir = runsDir(project);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((id) => existsSync(runPaths(project, id).journal))
    .sort();
}

/** A run's state, for reading only: nothing is mended. */
export function readRun(project: string, id: string): RunState {
  const file = runPaths(project, id).journal;
  const { records } = readJournal(file);
  const { definition } = workflowFrom(file, firstRecord(file, records).workflow);
  return replay(file, records, buildMachine(definition), definition.ends);
}

/** The run that has not ended, if there is one. */
export function activeRun(project: string): { run: string; stage: string } | undefined {
  for (const id of runIds(project).reverse()) {
    const state = readRun(project, id);
    if (!state.ended) return { run: id, stage: state.stage };
  }
  return undefined;
}

/** The run that a command is about: the named one, else the active one, else the newest. Throws `no_run`, `unknown_run`. */
export function chooseRun(project: string, named?: string): string {
  const ids = runIds(project);
  if (ids.length === 0) throw failure('no_run', { project });
  if (named === undefined) return activeRun(project)?.run ?? ids.at(-1)!;
  if (!ids.includes(named)) throw failure('unknown_run', { run: named, near: closest.closest(named, ids) });
  return named;
}

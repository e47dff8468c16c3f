import { isDone, readJournal, type Transition } from '../artifact/journal.ts';
import { runPaths } from '../artifact/paths.ts';
import type { Verdict } from '../experiment/judged.ts';
import { firstRecord } from './first-record.ts';

/** The summary of a run in a list of runs. */
export type Glance = {
  run: string;
  task: string;
  /** The run's branch. If the run made no branch, the branch on which the run began. Null for a detached HEAD. */
  branch: string | null;
  stage: string;
  paused: boolean;
  /** The name of the end that the run reached. Null before the end. */
  ended: string | null;
  hasContract: boolean;
  attempts: GlancedAttempt[];
};

/** An attempt that was judged. `kept`: whether the attempt was accepted and not reverted since. */
type GlancedAttempt = { attempt: number; hotspot: string; verdict: Verdict; kept: boolean };

/**
 * Reads a run's summary without schemas and without replaying the state machine, because `status` and `list` are called often. The chain of
 * hashes in the journal shows that perf-gate wrote the journal. `readRun` checks the journal fully, and returns the whole state.
 * @throws journal_damaged, machine_too_new, run_unreadable
 */
export function glanceAt(project: string, run: string): Glance {
  const file = runPaths(project, run).journal;
  const { records } = readJournal(file);
  const first = firstRecord(file, records);
  const { initial, ends } = first.workflow as { initial: string; ends: string[] };
  const git = first.git as { branch: string | null; original_branch: string | null };
  const moves = records.filter((record) => record.type === 'transition');
  const last = moves.at(-1);
  const stage = last?.to ?? initial;
  const since = records.filter(({ seq }) => seq > (last?.seq ?? 0));
  const undone = new Set(records.flatMap((r) => (r.type === 'done' && r.effect === 'undo' ? [r.key] : [])));
  return {
    run: first.run,
    task: first.task,
    branch: git.branch ?? git.original_branch,
    stage,
    paused: since.findLast(({ type }) => type === 'paused' || type === 'resumed')?.type === 'paused',
    ended: ends.includes(stage) ? stage : null,
    hasContract: moves.some((move) => isDoneIn('scoping', move)),
    attempts: moves.filter((move) => isDoneIn('verdict', move)).map((move) => attemptOf(move, moves, undone)),
  };
}

const isDoneIn = (stage: string, move: Transition) => move.stage === stage && isDone(move);

function attemptOf(
  { attempt, data }: Transition,
  moves: readonly Transition[],
  undone: ReadonlySet<string>,
): GlancedAttempt {
  const { hotspot, verdict } = data as { hotspot: string; verdict: Verdict };
  const committed = moves.some((move) => move.attempt === attempt && 'commit' in move.effects);
  return { attempt, hotspot, verdict, kept: committed && !undone.has(`attempt-${attempt}`) };
}

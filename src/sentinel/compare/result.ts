import { linesOf } from '../baseline/make.ts';
import type { Wait } from '../baseline/waits.ts';
import type { CageFacts } from '../dry-run/result.ts';
import { type Both, type Cause, execsOf } from './cause.ts';
import type { HookChange } from './changes.ts';
import type { Contestants, Contested, Decided, Rules } from './contest.ts';
import { type Change, type Status, verdictOf } from './judge.ts';
import type { Unlike } from './session.ts';

/**
 * The outcome of a hook or an event. `same`: unchanged, and not run. `new` and `removed`: only one arm has the hook or event. `unlike`: the
 * hook did its work in only one arm, or the hook is new and does not end. `not_run`: the hook cannot be run in a cage, or Claude Code never
 * runs it. Else a status of `judge.ts`.
 */
export type Outcome = Status | 'same' | 'new' | 'removed' | 'unlike' | 'not_run';

/**
 * The outcome of a hook or an event, with the change of each metric. `decided_in`: the number of the measurement session that judged it.
 * Null if no session judged it. `in_turn`: false if the old times were measured earlier.
 */
type Row = { outcome: Outcome; decided_in: 1 | 2 | null; in_turn: boolean; changes: Change[] };

export type ComparedHook = Row & { id: string; event: string; execs: Both<number>; unlike: Unlike | null };
export type ComparedEvent = Row & { key: string; event: string; matched: string | null; wait: Wait | null };

/** A comparison of two versions of hooks, as it is printed. Times in ms. */
export type Comparison = {
  baseline: { name: string; timestamp: string | null };
  current: { name: string; timestamp: string };
  threshold_pct: number;
  /** The number of pairs in the first and in the second session; 0 for a session that was not run. */
  runs: [number, number];
  seed: string;
  /** The most severe outcome of all hooks and events. */
  verdict: Status;
  hook_count: { baseline: number; current: number };
  hook_lines: { baseline: number; current: number };
  events: ComparedEvent[];
  hooks: ComparedHook[];
  causes: Cause[];
  /** Hooks whose old files are gone, so that only the new files were run. */
  files_gone: string[];
  /** The cage. Null if no hook was run because nothing changed. */
  cage: CageFacts | null;
};

export function resultOf(
  f: Pick<Comparison, 'baseline' | 'current'> & {
    contestants: Contestants;
    contested: Contested;
    causes: Cause[];
    rules: Rules;
    seed: string;
  },
): Comparison {
  const { contestants, contested, rules } = f;
  const { changes, base, current, laid } = contestants;
  const hooks = changes.map((change) =>
    hookOf(change, contested, { threshold_pct: rules.threshold_pct, gone: laid.gone }),
  );
  const events = contested.subjects.map(({ key, event, matched, wait, sets }): ComparedEvent => {
    const isNew = sets.base.length === 0;
    const isMeasured = contested.sessions.some(({ current }) => sets.current.every((set) => current.sets.has(set)));
    const row = rowOf(contested.decided.get(key), isNew && isMeasured ? 'new' : 'not_run');
    return { key, event, matched, wait, ...row, outcome: isNew && row.outcome === 'held' ? 'new' : row.outcome };
  });
  return {
    baseline: f.baseline,
    current: f.current,
    threshold_pct: rules.threshold_pct,
    runs: contested.pairs,
    seed: f.seed,
    verdict: verdictOf([...hooks.map(statusOf), ...events.map(statusOfEvent)]),
    hook_count: { baseline: base.length, current: current.length },
    hook_lines: { baseline: linesOf(base), current: linesOf(current) },
    events,
    hooks,
    causes: f.causes,
    files_gone: [...laid.gone],
    cage: contested.sessions[0]?.cage ?? null,
  };
}

function hookOf(
  change: HookChange,
  { decided, unlike, sessions }: Contested,
  { threshold_pct, gone }: { threshold_pct: number; gone: ReadonlySet<string> },
): ComparedHook {
  const { id, event, kind } = change;
  const seen = sessions.findLast(({ current, base }) => current.hooks.has(id) || base.hooks.has(id));
  const execs = { baseline: execsOf(seen?.base.hooks.get(id)), current: execsOf(seen?.current.hooks.get(id)) };
  const ended = unlike.get(id) ?? null;
  const unknown = gone.has(id) ? 'undecided' : 'not_run';
  const fallback: Outcome = ended ? 'unlike' : kind !== 'changed' ? kind : unknown;
  const row = rowOf(ended ? undefined : decided.get(id), fallback);
  const outcome = row.outcome === 'held' && hasMoreExecs(execs, threshold_pct) ? 'flagged' : row.outcome;
  return { id, event, ...row, outcome, execs, unlike: ended };
}

/**
 * Makes the row of a hook or an event. Old times that were measured earlier prove no slowdown, so `flagged` and `regressed` then become
 * `undecided`.
 */
function rowOf(decided: Decided | undefined, otherwise: Outcome): Row {
  if (!decided) return { outcome: otherwise, decided_in: null, in_turn: true, changes: [] };
  const { status, session, in_turn, changes } = decided;
  return {
    outcome: !in_turn && (status === 'regressed' || status === 'flagged') ? 'undecided' : status,
    decided_in: session,
    in_turn,
    changes,
  };
}

/**
 * Whether the hook starts clearly more programs than before. The number of programs is exact, but a higher number does not prove that the
 * hook takes longer.
 */
const hasMoreExecs = ({ baseline, current }: Both<number>, thresholdPct: number) =>
  baseline !== null && current !== null && current - baseline >= (baseline * thresholdPct) / 200 && current > baseline;

const statuses: Readonly<Record<Outcome, (row: { unlike?: Unlike | null }) => Status>> = {
  held: () => 'held',
  flagged: () => 'flagged',
  regressed: () => 'regressed',
  undecided: () => 'undecided',
  same: () => 'held',
  new: () => 'held',
  removed: () => 'held',
  // a new version that does not end counts as `regressed`, because no slowdown is larger
  unlike: ({ unlike }) => (/^(timed_out|cut_off|waiting)$/.test(unlike?.current ?? '') ? 'regressed' : 'undecided'),
  not_run: () => 'held',
};

const statusOf = (row: { outcome: Outcome; unlike?: Unlike | null }): Status => statuses[row.outcome](row);

/**
 * The status with which an event counts in the verdict. A changed event that was not run counts as `undecided`, because it is possibly
 * slower. A hook that was not run counts as `held` (see `statusOf`). If it counted as `undecided`, no comparison with such a hook could
 * ever be `held`.
 */
const statusOfEvent = ({ outcome }: ComparedEvent): Status =>
  outcome === 'not_run' ? 'undecided' : statusOf({ outcome });

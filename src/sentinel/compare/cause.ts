import { median } from '../../stats/robust.ts';
import type { Wait } from '../baseline/waits.ts';
import type { Objects } from '../store/objects.ts';
import { type HookChange, isAwaited, type What } from './changes.ts';
import type { Contested } from './contest.ts';
import { type FileDiff, filesDiff } from './diff.ts';
import type { HookRun, Session } from './session.ts';
import { shareOf } from './share.ts';

/** A fact about a hook in each arm. It is null if the arm does not have the hook, or if the fact is unknown. */
export type Both<Value> = { baseline: Value | null; current: Value | null };

/** A hook that changed, and the effect of the change. */
export type Cause = {
  id: string;
  event: string;
  kind: 'new' | 'removed' | 'changed';
  what: What[];
  /** Whether one of the hook's own scripts changed. False if only other files of its plugin changed. */
  own_script: boolean;
  /**
   * The median time of the hook's current version minus the median time of its old version, in ms, when the hook runs alone. For a new
   * hook, it is the whole time of the hook. For a removed hook, it is the negative of the hook's time. Null if the hook was not run.
   */
  change_ms: number | null;
  /** The number of programs that the hook starts. Null if programs were not counted, or if the number varies. */
  execs: Both<number>;
  /** Programs that the hook starts more often or less often than before, with the difference in the number of starts. */
  programs: Record<string, number>;
  /** Hosts that only the new version of the hook tries to reach. */
  new_hosts: string[];
  /** The hook's share in the change of each of its events, in ms. */
  shares: { event: string; matched: string | null; wait: Wait | null; ms: number }[];
  diffs: FileDiff[];
};

/** Every hook that changed. The hook with the largest share in the change comes first. `scratch`: a folder for temporary files. */
export async function causesOf(
  changes: readonly HookChange[],
  contested: Contested,
  { objects, scratch }: { objects: Objects; scratch: string },
): Promise<Cause[]> {
  const causes: Cause[] = [];
  const shown = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'same') continue;
    const { base, current } = runsOf(change.id, contested.sessions);
    const diffs = await filesDiff(change, { objects, scratch, shown });
    causes.push({
      id: change.id,
      event: change.event,
      kind: change.kind,
      what: change.what,
      own_script: diffs.some(({ is_run }) => is_run),
      change_ms: changeOf(base, current),
      execs: { baseline: execsOf(base), current: execsOf(current) },
      programs: programsOf(base, current),
      new_hosts: hostsOf(current).filter((host) => !hostsOf(base).includes(host)),
      shares: sharesOf(change, contested),
      diffs: diffs.filter(({ isShown }) => isShown).map(({ isShown: _, ...diff }) => diff),
    });
  }
  const weight = ({ shares, change_ms }: Cause) => Math.max(change_ms ?? 0, ...shares.map(({ ms }) => ms));
  return causes.toSorted((a, b) => weight(b) - weight(a));
}

type Runs = { base: HookRun | undefined; current: HookRun | undefined };

/** The executions of a hook in both arms, from the last measurement session in which the hook was run. */
function runsOf(id: string, sessions: readonly Session[]): Runs {
  const seen = sessions.findLast(({ base, current }) => base.hooks.has(id) || current.hooks.has(id));
  return { base: seen?.base.hooks.get(id), current: seen?.current.hooks.get(id) };
}

function changeOf(base: HookRun | undefined, current: HookRun | undefined): number | null {
  if (!base && !current) return null;
  const ms = (run: HookRun | undefined) => (run ? median(run.runs.map(({ wall_ms }) => wall_ms)) : 0);
  return ms(current) - ms(base);
}

/** The number of programs that a hook starts. Null if programs were not counted, or if the number varies. */
export function execsOf(run: HookRun | undefined): number | null {
  const [first = null, ...others] = run?.execs ?? [];
  return others.length > 0 && others.every((n) => n === first) ? first : null;
}

function programsOf(base: HookRun | undefined, current: HookRun | undefined): Record<string, number> {
  const [before, after] = [base?.trace?.programs ?? {}, current?.trace?.programs ?? {}];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const more = names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const);
  return Object.fromEntries(more.filter(([, by]) => by !== 0));
}

function hostsOf(run: HookRun | undefined): string[] {
  const named = (run?.runs ?? []).flatMap(({ contacts }) => contacts ?? []);
  return [...new Set(named.map((contact) => ('dns' in contact ? contact.dns : `${contact.host}:${contact.tcp}`)))];
}

function sharesOf(change: HookChange, { subjects, sessions }: Contested): Cause['shares'] {
  const waitsFor = (id: string) => id !== change.id || isAwaited(change);
  return subjects.flatMap(({ event, matched, wait, sets }) => {
    const seen = sessions.findLast(({ current }) => sets.current.every((set) => current.sets.has(set)));
    const own = sets.current.flatMap((set) => {
      const [base, current] = [seen?.base.sets.get(set), seen?.current.sets.get(set)];
      const has = base?.hooks.includes(change.id) || current?.hooks.includes(change.id);
      return base && current && has ? [shareOf(change.id, { base, current, waitsFor })] : [];
    });
    return own.length > 0 ? [{ event, matched, wait, ms: own.reduce((sum, ms) => sum + ms, 0) }] : [];
  });
}

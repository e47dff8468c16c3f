import { median } from '../../stats/robust.ts';
import { hostsOf, type Run } from '../dry-run/execution.ts';
import { isEndless, terminalAsked } from '../dry-run/outcome.ts';
import type { HookDryRun } from '../dry-run/result.ts';
import type { Measured } from '../rules/rule.ts';

/** The median of the values. Null without values. */
export const middle = (values: readonly number[]): number | null => (values.length === 0 ? null : median([...values]));

/** The results of dry runs in the form that rules need, by hook id. */
export function measuredOf(runs: readonly HookDryRun[]): ReadonlyMap<string, Measured> {
  return new Map(runs.flatMap((run) => (run.state === 'run' ? [[run.id, ofRuns(run)] as const] : [])));
}

function endlessIn(runs: readonly Run[]): Measured['endless'] {
  const run = runs.find(({ outcome }) => isEndless(outcome));
  if (!run) return null;
  return { outcome: run.outcome, wall_ms: run.wall_ms, hosts: hostsOf([run]) };
}

function ofRuns({ runs, trace, irrelevant, slope }: Extract<HookDryRun, { state: 'run' }>): Measured {
  return {
    wall_ms: middle(runs.map(({ wall_ms }) => wall_ms)),
    slope,
    execs: trace && irrelevant ? { relevant: trace.execs, irrelevant: irrelevant.execs } : null,
    stdout_bytes: middle(runs.map(({ stdout_bytes }) => stdout_bytes)),
    endless: endlessIn(runs),
    terminal: runs.map(({ stderr }) => terminalAsked(stderr)).find((said) => said !== null) ?? null,
    shims: trace?.shims ?? [],
    // executions that perf-gate stopped are left out, because these hooks had no chance to stop their child processes
    processes_left: middle(runs.filter(({ outcome }) => !isEndless(outcome)).map(({ left_behind }) => left_behind)),
  };
}

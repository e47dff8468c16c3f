import { existsSync } from 'node:fs';
import { compareKept } from '../../sentinel/compare/kept.ts';
import { moved } from '../../sentinel/compare/moved.ts';
import type { ComparedHook, Outcome } from '../../sentinel/compare/result.ts';
import { usualOptions } from '../../sentinel/dry-run/options.ts';
import { sentinelConfig } from '../../sentinel/store/config.ts';
import type { Attempt, Case, Left } from '../analytics/cases.ts';
import { monitorPaths } from '../home.ts';
import type { Database } from '../store/driver.ts';
import { versionsIn } from '../store/installed.ts';
import type { Around } from './around.ts';
import { filesThen } from './files.ts';

/** The number of pairs of executions in the first measurement session. */
const RUNS = 10;

/**
 * Measures a hook in the sentinel's cage (the sandbox for measurements). Executions with the files from before a change alternate with
 * executions with the files from after the change. @throws no_cage, hook_input_invalid, room_lost, instrument_broken, interrupted,
 * sentinel_config_invalid
 */
export async function bySentinel(one: Case, { db, home, world }: Around): Promise<Attempt> {
  const then = filesThen(versionsIn(db), one);
  if (then.state === 'same') return { state: 'unchanged' };
  if (then.state !== 'changed') return { state: 'left', code: then.state };
  const { from, to } = then;
  if (from.hash === '' || to.hash === '') return { state: 'left', code: 'not_kept' };
  const [old, now] = [from.kept, to.kept];
  const base = old.hook.root && now.hook.root ? moved(old, old.hook.root, now.hook.root) : old;
  const { thresholds, external_tools } = sentinelConfig(world.env);
  const comparison = await compareKept(
    {
      base: [base],
      current: [now],
      objects: monitorPaths(home).objects,
      stored: null,
      names: {
        baseline: { name: from.hash, timestamp: new Date(from.since).toISOString() },
        current: { name: to.hash, timestamp: new Date(to.since).toISOString() },
      },
      seed: `case ${one.id}`,
      what: 'monitor regressions --confirm',
    },
    {
      threshold_pct: thresholds.regression_percent,
      runs: RUNS,
      dry: { network: usualOptions.network, state: usualOptions.state, strace: external_tools.use_strace },
    },
    { ...world, cwd: to.project || lastProject(db, one) || world.cwd },
  );
  return attemptOf(comparison.hooks[0]!, comparison.files_gone.length > 0);
}

/** The folder of the project in which a hook ran last; undefined if no such folder exists. */
function lastProject(db: Database, { handler }: Case): string | undefined {
  const rows = db.all(
    `SELECT DISTINCT session.project FROM event JOIN series ON series.id = event.series JOIN session ON session.id = event.session
     WHERE series.kind = 'hook' AND series.name = ? AND session.project IS NOT NULL ORDER BY session.last DESC LIMIT 20`,
    handler,
  );
  return rows.map(({ project }) => String(project)).find((project) => existsSync(project));
}

/**
 * The `answer` of a proof for each outcome of the measurement. The outcome `flagged` means a slowdown below the threshold. It counts as
 * undecided, because such a slowdown is too small to explain the case.
 */
const answers: Partial<Record<Outcome, 'regressed' | 'held' | 'undecided'>> = {
  regressed: 'regressed',
  held: 'held',
  flagged: 'undecided',
  undecided: 'undecided',
};

function attemptOf({ outcome, changes }: ComparedHook, isGone: boolean): Attempt {
  const left = (code: Left['code']): Attempt => ({ state: 'left', code });
  if (isGone) return left('gone');
  if (outcome === 'unlike') return left('unlike');
  const answer = answers[outcome];
  const [change] = changes;
  if (!answer || !change || change.change_pct === null) return left('not_run');
  return { state: 'measured', proof: { answer, estimate_pct: change.change_pct, ci_pct: change.ci95_pct } };
}

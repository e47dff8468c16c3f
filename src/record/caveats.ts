import type { Caveat } from '../experiment/caveats/caveat.ts';
import type { Sessions } from '../experiment/judged.ts';
import { deciding } from '../experiment/verdict.ts';
import { isCpuTime } from '../measure/sources/sources.ts';
import { baseMoved } from '../stats/base-moved.ts';
import { median } from '../stats/robust.ts';
import { baseBefore } from './base-before.ts';
import type { RemeasureData } from './data.ts';
import { contractOf } from './history.ts';
import { lastStep, type RunState } from './state.ts';

type Measured = Sessions & Pick<RemeasureData, 'control'>;

type Check = (state: RunState, measured: Measured) => Caveat | null;

/** The caveats that the history of a run can show, if the open attempt is accepted. */
const checks: readonly Check[] = [tooGood, baseMovedWall];

export const caveatsOfHistory = (state: RunState, sessions: Measured): Caveat[] =>
  contractOf(state).claim === 'no_worse' ? [] : checks.flatMap((check) => check(state, sessions) ?? []);

/** A gain may exceed the hotspot's cost by this many percentage points, because a profile is inexact. */
const MARGIN_PCT = 5;

/**
 * Whether the gain exceeds the cost of the hotspot and of every function that the hotspot calls. Even a change that never calls the hotspot
 * cannot gain more than this cost. The check applies to times only, because a profile shows nothing else.
 */
function tooGood(state: RunState, sessions: Sessions): Caveat | null {
  const { hotspot } = lastStep(state, 'fix')!.data;
  const { source } = contractOf(state).metrics.primary;
  const least = deciding(sessions)?.judgement?.lower_bound_pct;
  if (hotspot.ceiling_pct === undefined || least === undefined || least === null) return null;
  if (source !== 'wall' && source !== 'undelayed_wall' && !isCpuTime(source)) return null;
  const most_pct = Math.max(hotspot.ceiling_pct, hotspot.ceiling_ci95_pct?.[1] ?? 0, hotspot.total_pct ?? 0);
  if (least <= most_pct + MARGIN_PCT) return null;
  return { code: 'too_good', hotspot: hotspot.id, at_least_pct: least, most_pct };
}

/**
 * Whether the base's unchanged program needed more wall time than before, so that the candidate's gain looks too large. If it needed more
 * CPU time, the verdict would be inconclusive. Other programs on the machine change wall time too, so this finding is only a caveat.
 */
function baseMovedWall(state: RunState, { screen, confirmation, control }: Measured): Caveat | null {
  const { metrics, threshold, order } = contractOf(state);
  const { source, lower_is_better, unit } = metrics.primary;
  if ((source !== 'wall' && source !== 'undelayed_wall') || order === 'sequential') return null;
  const { session, before } = baseBefore(state, { control });
  if (session.host !== screen?.host) return null;
  const sessions = [screen, confirmation].filter((session) => session !== null);
  if (!sessions.every(({ base }) => baseMoved({ before, exact: false }, base, { lower_is_better, threshold })))
    return null;
  const middle = (values: readonly number[]) => ({ value: median([...values]), unit });
  return { code: 'base_moved_wall', was: middle(before), is: middle(sessions.at(-1)!.base) };
}

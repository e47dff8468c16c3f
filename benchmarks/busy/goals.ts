import type { Steady } from './steady.ts';
import type { Row } from './tries.ts';

export type Goal = { goal: string; seen: string; reached: boolean };

/** The most that the load may change the median, in per cent. */
const mostMoved = 5;
const mostExecutions = 40;

/** Goals apply to undelayed wall time of programs with exactly planted gains; the other rows are for information. */
export function goalsOf(rows: readonly Row[], steady: readonly Steady[]): Goal[] {
  const judged = rows.filter((row) => row.source === 'undelayed_wall' && hasGoal(row));
  return [...judged.map(goalOf), ...steady.map(steadyGoal)];
}

/** Whether the row has a goal: the gain of the larger program is not exact. */
const hasGoal = ({ gain_pct }: Row) => gain_pct <= 20;

function goalOf({ program, gain_pct, tries, accepted, executions }: Row): Goal {
  const seen = `${accepted} of ${tries}, ${executions.toFixed(1)} executions`;
  if (gain_pct === 0) return { goal: `${program}, no gain: never accepted`, seen, reached: accepted === 0 };
  const least = Math.ceil(0.95 * tries);
  return {
    goal: `${program}, ${gain_pct} % gained: accepted in ${least} of ${tries} or more, with ${mostExecutions} executions at most on average`,
    seen,
    reached: accepted >= least && executions <= mostExecutions,
  };
}

function steadyGoal({ program, moved_pct: { undelayed_wall } }: Steady): Goal {
  return {
    goal: `${program}: the load moves the undelayed median by ${mostMoved} % at most`,
    seen: `${undelayed_wall.toFixed(1)} %`,
    reached: Math.abs(undelayed_wall) <= mostMoved,
  };
}

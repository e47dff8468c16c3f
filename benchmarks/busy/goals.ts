import type { Steady } from './steady.ts';
import type { Row } from './tries.ts';

export type Goal = { goal: string; seen: string; reached: boolean };

/** Per cent by which the load may move the median. */
const mostMoved = 5;
const mostExecutions = 40;

/** Goals are those of undelayed wall time, on programs that are planted exactly; the other rows are there to be seen. */
export function goalsOf(rows: readonly Row[], steady: readonly Steady[]): Goal[] {
  const judged = rows.filter((row) => row.source === 'undelayed_wall' && hasGoal(row));
  return [...judged.map(goalOf), ...steady.map(steadyGoal)];
}

/** Whether the row has a goal: the larger program's gain is not exact. */
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

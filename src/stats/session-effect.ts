import { effect } from './effect.ts';
import { spreadByDifferences } from './mean-difference.ts';
import { toPercent } from './percent.ts';
import { errorOfEstimate } from './unlikely.ts';

/** The samples of one session of the base against itself, with newly made arms. All values are positive. */
type Session = { base: number[]; candidate: number[] };

/**
 * The error that sessions of the same code have as a whole, beyond the noise of their executions. This error is in per cent of the base.
 */
export type SessionEffect = {
  /** The standard deviation between sessions. This number is 0 if the session effect cannot be distinguished from the noise. */
  sd_pct: number;
  /** The noise of the executions hides any session effect below this percentage. */
  hidden_pct: number;
};

/** The 95 % quantile of the normal distribution, for one-sided bounds. */
const z95 = 1.645;

/**
 * The variance between sessions: the mean square of their estimates (the true effect is 0) minus the mean square of their standard errors.
 * The result is 0 if noise alone gives a variance this large with a probability of at least 5 %. (For k sessions, the relative standard
 * deviation of this mean square is √(2/k).)
 */
export function sessionEffect(sessions: readonly Session[]): SessionEffect {
  const seen = sessions.map(({ base, candidate }) => {
    const arms = [base.map(Math.log), candidate.map(Math.log)];
    return {
      estimate: effect('mann_whitney', 'log', base, candidate).estimate,
      error: errorOfEstimate(spreadByDifferences(arms), Math.min(base.length, candidate.length)),
    };
  });
  const meanSquare = (values: number[]) => values.reduce((sum, v) => sum + v * v, 0) / values.length;
  const noise = meanSquare(seen.map((s) => s.error));
  const between = meanSquare(seen.map((s) => s.estimate)) - noise;
  const hidden = z95 * noise * Math.sqrt(2 / seen.length);
  const percent = (variance: number) => toPercent(Math.sqrt(variance), 'increase');
  return { sd_pct: between > hidden ? percent(between) : 0, hidden_pct: percent(hidden) };
}

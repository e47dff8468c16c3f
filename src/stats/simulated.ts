import { effect } from './effect.ts';
import type { Look } from './looks.ts';
import { seededRandom } from './rng.ts';
import type { Test } from './rule.ts';
import { spreadOfRun } from './spread.ts';
import { widened } from './widened.ts';

/**
 * A simulated look at two arms that do not differ, in units of the standard deviation of the simulated samples. A true effect moves the
 * estimate and every bound by its own size, so one session of noise shows the outcome for every effect.
 */
export type Seen = {
  n: number;
  estimate: number;
  /** The one-sided lower bound, at the alpha of the look. */
  lower: number;
  /** The one-sided upper bounds of 95 % and 80 %. */
  upper: number;
  upper80: number;
  spread: number;
};

/** The share of the executions that get a delay. The delays are exponential, with a mean of `outlierSize` standard deviations. */
const outlierShare = 0.05;
const outlierSize = 5;

/**
 * The looks of simulated sessions of noise (normal, with outliers), from a fixed seed. The bounds of every look are wider by `shift`. Large
 * designs have fewer simulated sessions, because the cost of a session grows with the square of its executions.
 */
export function noiseSessions(test: Test, looks: readonly Look[], shift = 0): Seen[][] {
  const runs = looks.at(-1)!.n;
  const random = seededRandom('resolvable');
  const sessions = Math.max(100, Math.min(400, Math.round(400 * (30 / runs) ** 2)));
  return Array.from({ length: sessions }, () => {
    const [x, y] = [noise(random, runs), noise(random, runs)];
    return looks.map(({ n, alpha }) => look(test, x.slice(0, n), y.slice(0, n), { alpha, shift }));
  });
}

function look(test: Test, x: number[], y: number[], { alpha, shift }: { alpha: number; shift: number }): Seen {
  const { estimate, lower, upper } = widened(effect(test, 'plain', x, y), shift);
  const spread = spreadOfRun(test, x, y);
  return { n: x.length, estimate, lower: lower(alpha), upper: upper(0.05), upper80: upper(0.2), spread };
}

/** Normal random numbers by the method of Box and Muller. Some numbers get a delay. */
function noise(random: () => number, n: number): number[] {
  return Array.from({ length: n }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return random() < outlierShare ? normal - outlierSize * Math.log(1 - random()) : normal;
  });
}

import { type Contest, isSettled, judgeFamily } from '../../src/sentinel/compare/judge.ts';
import { pairsOfSecond } from '../../src/sentinel/compare/second-session.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { normal } from './histories.ts';

const RUNS = 10;
const THRESHOLD = 10;
/** Spreads of the runs of a hook, as standard deviations of logarithms: quiet to noisy. */
const spreads = [0.02, 0.1, 0.3];

/**
 * How often the same handler, measured against itself as a case is, is found worse: the share of so many comparisons, for the noise that gives
 * the largest share.
 */
export const wronglyProved = (comparisons: number, seed: string): number =>
  Math.max(
    ...spreads.map((spread) => {
      const random = seededRandom(`${seed} proof ${spread}`);
      let wrong = 0;
      for (let i = 0; i < comparisons; i++) if (isFoundWorse(spread, random)) wrong++;
      return wrong / comparisons;
    }),
  );

/** What the first session does not settle, the second one decides. */
function isFoundWorse(spread: number, random: () => number): boolean {
  const first = contest(RUNS, spread, random);
  if (isSettled(first, THRESHOLD)) return false;
  const second = contest(pairsOfSecond([first], THRESHOLD, RUNS), spread, random);
  return judgeFamily([second], THRESHOLD)[0]!.status === 'regressed';
}

function contest(pairs: number, spread: number, random: () => number): Contest {
  const arm = () => Array.from({ length: pairs }, () => 50 * Math.exp(spread * normal(random)));
  const wall = { base: arm(), current: arm() };
  return { key: 'hook', in_turn: true, wall, cpu: wall };
}

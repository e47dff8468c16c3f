import { type Contest, isSettled, judgeFamily } from '../../src/sentinel/compare/judge.ts';
import { pairsOfSecond } from '../../src/sentinel/compare/second-session.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { normal } from './histories.ts';

const RUNS = 10;
const THRESHOLD = 10;
/** Spreads of the runs of a hook, as standard deviations of logarithms: quiet to noisy. */
const spreads = [0.02, 0.1, 0.3];

/**
 * The share of comparisons, measured as a case is, that find a handler worse than itself; for the noise with the largest share.
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

/** Judges a handler against itself; a second session decides if the first one does not. */
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

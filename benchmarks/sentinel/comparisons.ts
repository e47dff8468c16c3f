import { type Contest, isSettled, judgeFamily } from '../../src/sentinel/compare/judge.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import type { Series } from './series.ts';

export const THRESHOLD = 10;

/** How often comparisons say what they should. `settled`: of the hooks without a change, how many the first session settles. */
export type Rates = {
  runs: number;
  found: number;
  planted: number;
  wrong: number;
  unchanged: number;
  settled: number;
  undecided: number;
};

/** So many pairs of a block stay together: they were taken as A B B A. */
const BLOCK = 2;

/**
 * Makes comparisons out of the executions of a series. Each draws other blocks of pairs for its two sessions, the same for all hooks, so that what
 * disturbed several of them at once still does; and in each block it draws which arm is called the baseline, because both are the same program.
 * `runs`: even.
 */
export function ratesOf(series: Series, runs: number, comparisons: number): Rates {
  const random = seededRandom(`comparisons ${runs}`);
  const all = [...series.hooks, ...series.events];
  const rates = { runs, found: 0, planted: comparisons, wrong: 0, unchanged: comparisons, settled: 0, undecided: 0 };
  for (let i = 0; i < comparisons; i++) {
    const [first, second] = drawn(series.pairs, runs, random);
    const sessions = [first, second].map((pairs) => all.map((one) => chosen(one, pairs)));
    const unchanged = decide(sessions[0]!, sessions[1]!);
    if (unchanged.flagged.size > 0) rates.wrong++;
    rates.settled += 1 - unchanged.open.size / all.length;
    if (unchanged.undecided > 0) rates.undecided++;
    const { key } = series.hooks[i % series.hooks.length]!;
    const planted = sessions.map((contests) => contests.map((one) => (one.key === key ? slower(one) : one)));
    if (decide(planted[0]!, planted[1]!).flagged.has(key)) rates.found++;
  }
  return { ...rates, settled: rates.settled / comparisons };
}

/** As `contest` decides: the first session settles, and about the rest the second decides as one family. */
function decide(first: readonly Contest[], second: readonly Contest[]) {
  const open = new Set(first.filter((one) => !isSettled(one, THRESHOLD)).map(({ key }) => key));
  const judged = judgeFamily(
    second.filter(({ key }) => open.has(key)),
    THRESHOLD,
  );
  const flagged = judged.filter(({ status }) => status === 'flagged' || status === 'regressed');
  return {
    open,
    flagged: new Set(flagged.map(({ key }) => key)),
    undecided: judged.filter(({ status }) => status === 'undecided').length,
  };
}

/** A pair of the series, and whether its arms are exchanged. */
type Drawn = { pair: number; exchanged: boolean };

/** Two sessions that have no pair in common, each in the order of the series. */
function drawn(pairs: number, runs: number, random: () => number): [Drawn[], Drawn[]] {
  const blocks = Array.from({ length: Math.floor(pairs / BLOCK) }, (_, i) => ({ i, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ i }) => ({ i, exchanged: random() < 0.5 }));
  const session = (from: number, n: number): Drawn[] =>
    blocks
      .slice(from, from + n / BLOCK)
      .sort((a, b) => a.i - b.i)
      .flatMap(({ i, exchanged }) => Array.from({ length: BLOCK }, (_, k) => ({ pair: BLOCK * i + k, exchanged })));
  return [session(0, runs), session(runs / BLOCK, 2 * runs)];
}

function chosen({ key, wall, cpu }: Contest, pairs: readonly Drawn[]): Contest {
  const of = ({ base, current }: Contest['wall']) => ({
    base: pairs.map(({ pair, exchanged }) => (exchanged ? current : base)[pair]!),
    current: pairs.map(({ pair, exchanged }) => (exchanged ? base : current)[pair]!),
  });
  return { key, in_turn: true, wall: of(wall), cpu: of(cpu) };
}

/** The same hook as it were if it did a tenth more of all that it does. */
function slower({ wall, cpu, ...one }: Contest): Contest {
  const more = ({ base, current }: Contest['wall']) => ({
    base,
    current: current.map((ms) => ms * (1 + THRESHOLD / 100)),
  });
  return { ...one, wall: more(wall), cpu: more(cpu) };
}

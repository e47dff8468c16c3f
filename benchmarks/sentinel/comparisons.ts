import { type Contest, isSettled, judgeFamily } from '../../src/sentinel/compare/judge.ts';
import { pairsOfSecond } from '../../src/sentinel/compare/second-session.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import type { Series } from './series.ts';

export const THRESHOLD = 10;

/**
 * How often comparisons are right. `second`: mean pairs of the second session; `settled`: the share of unchanged hooks that the first session
 * settles; `undecided`: comparisons with any undecided hook.
 */
export type Rates = {
  runs: number;
  second: number;
  found: number;
  planted: number;
  wrong: number;
  unchanged: number;
  settled: number;
  undecided: number;
};

/** Pairs per block, which stay together, because they were measured as A B B A. */
const BLOCK = 2;

/**
 * Makes comparisons out of the executions of a series. Each comparison draws blocks of pairs for its two sessions, the same for all hooks, so
 * that a disturbance still affects several hooks at once. In each block it also draws which arm is the baseline, because both are the same program.
 * `runs`: even.
 */
export function ratesOf(series: Series, runs: number, comparisons: number): Rates {
  const random = seededRandom(`comparisons ${runs}`);
  const all = [...series.hooks, ...series.events];
  const n = { second: 0, found: 0, wrong: 0, settled: 0, undecided: 0 };
  for (let i = 0; i < comparisons; i++) {
    const [first, rest] = drawn(series.pairs, runs, random);
    const unchanged = decide(all, { first, rest, runs }, (one) => one);
    if (unchanged.flagged.size > 0) n.wrong++;
    if (unchanged.undecided > 0) n.undecided++;
    n.settled += 1 - unchanged.open.size / all.length;
    const { key } = series.hooks[i % series.hooks.length]!;
    const planted = decide(all, { first, rest, runs }, (one) => (one.key === key ? slower(one) : one));
    if (planted.flagged.has(key)) n.found++;
    n.second += planted.second;
  }
  return {
    ...n,
    runs,
    planted: comparisons,
    unchanged: comparisons,
    settled: n.settled / comparisons,
    second: n.second / comparisons,
  };
}

/** Decides as `contest` does: the first session settles some hooks, the second decides the others as one family. */
function decide(
  all: readonly Contest[],
  { first, rest, runs }: { first: Drawn[]; rest: Drawn[]; runs: number },
  plant: (one: Contest) => Contest,
) {
  const of = (pairs: readonly Drawn[]) => all.map((one) => plant(chosen(one, pairs)));
  const open = of(first).filter((one) => !isSettled(one, THRESHOLD));
  const more = BLOCK * Math.ceil(pairsOfSecond(open, THRESHOLD, runs) / BLOCK);
  const second = inOrder(rest.slice(0, more));
  const keys = new Set(open.map(({ key }) => key));
  const family = of(second).filter(({ key }) => keys.has(key));
  const judged = judgeFamily(family, THRESHOLD);
  const flagged = judged.filter(({ status }) => status === 'flagged' || status === 'regressed');
  return {
    open: keys,
    second: keys.size > 0 ? second.length : 0,
    flagged: new Set(flagged.map(({ key }) => key)),
    undecided: judged.filter(({ status }) => status === 'undecided').length,
  };
}

/** A pair of the series, and whether its arms are swapped. */
type Drawn = { pair: number; exchanged: boolean };

/** Random pairs for a first session in the order of the series, and all other pairs, from which a second session takes as many as it needs. */
function drawn(pairs: number, runs: number, random: () => number): [Drawn[], Drawn[]] {
  const blocks = Array.from({ length: Math.floor(pairs / BLOCK) }, (_, i) => ({ i, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ i }) => ({ i, exchanged: random() < 0.5 }));
  const all = blocks.flatMap(({ i, exchanged }) =>
    Array.from({ length: BLOCK }, (_, k) => ({ pair: BLOCK * i + k, exchanged })),
  );
  return [inOrder(all.slice(0, runs)), all.slice(runs)];
}

const inOrder = (pairs: readonly Drawn[]): Drawn[] => pairs.toSorted((a, b) => a.pair - b.pair);

function chosen({ key, wall, cpu }: Contest, pairs: readonly Drawn[]): Contest {
  const of = ({ base, current }: Contest['wall']) => ({
    base: pairs.map(({ pair, exchanged }) => (exchanged ? current : base)[pair]!),
    current: pairs.map(({ pair, exchanged }) => (exchanged ? base : current)[pair]!),
  });
  return { key, in_turn: true, wall: of(wall), cpu: of(cpu) };
}

/** The same hook, 10 % slower in wall and CPU time. */
function slower({ wall, cpu, ...one }: Contest): Contest {
  const more = ({ base, current }: Contest['wall']) => ({
    base,
    current: current.map((ms) => ms * (1 + THRESHOLD / 100)),
  });
  return { ...one, wall: more(wall), cpu: more(cpu) };
}

import { dividing, likeliestPart, locating, type Round } from '../../stats/bisection.ts';
import { median } from '../../stats/robust.ts';
import { signedRank } from '../../stats/signed-rank.ts';

/** The step that the search asks its caller to do next. Commits have numbers: 0 is the good commit, n the bad commit. */
export type Step =
  /** One round: each of these commits is executed once. The good commit is in every round. */
  | { do: 'measure'; at: readonly number[] }
  /** A comparison of two commits by new samples. `margin_pct`: a deterioration below this margin, in per cent, does not count. */
  | { do: 'judge'; after: number; upTo: number; chance: number; margin_pct: number }
  | { do: 'stop'; why: Why };

/**
 * `no_change`: the good and the bad commit do not differ clearly. `unclear`: the search cannot locate the change. `not_confirmed`: the
 * search located the change, but no verdict confirmed it.
 */
export type Why = 'no_change' | 'unclear' | 'not_confirmed';

/**
 * A search that executes nothing: the caller asks for the next step, does the step, and reports its result to the search. A simulation can
 * therefore use the same search without executing a command.
 */
export type Search = {
  next(): Step;
  saw(round: Round): void;
  /** Removes from the search a commit that cannot be built or executed. */
  left(at: number): void;
  /** Reports a verdict that did not confirm the change among these commits. */
  notConfirmed(part: { after: number; upTo: number }): void;
  /**
   * How much worse the bad commit is than the good one, in per cent. Negative if the bad commit is better. Null if the difference is
   * unclear.
   */
  change_pct(): number | null;
  /** The commit that most likely made the change. Null until the good and the bad commit clearly differ. */
  likeliest(): { at: number; chance: number } | null;
};

/**
 * The numbers of rounds after which the good and the bad commit are tested for a difference. `CLEARLY`: the largest one-sided p-value that
 * counts as a difference. The limit need not be strict, because a commit counts as found only if a verdict with new samples confirms the
 * change.
 */
const endLooks = [5, 8, 12, 20] as const;
const CLEARLY = 0.04;
/**
 * The number of commits in a round, in addition to the good one. With more commits in a round, the search would need more builds, and
 * almost as many executions.
 */
const BESIDE = 2;
/**
 * The measured commits divide all commits into sections. When one section contains the change with at least this probability, the next
 * round measures new commits. Until then, rounds repeat the same commits, because a new commit costs a build and a warm-up.
 */
const PLACED = 0.65;
/** If a commit made the change with at least this probability, the commit is judged by new samples. */
const SURE = 0.9;
const MOST_ROUNDS = 140;
const MOST_VERDICTS = 4;
/** The verdict confirms a commit only if the commit causes at least this share of the whole change. */
const LEAST_SHARE = 0.1;

export function search(n: number): Search {
  let line = Array.from({ length: n + 1 }, (_, i) => i);
  const ends: { good: number; bad: number }[] = [];
  const cleared = new Map<number, number>();
  let verdicts = 0;
  let rounds = 0;
  let found: { change: number; where: ReturnType<typeof locating> } | null = null;
  let group: number[] = [];

  const chances = () => found!.where.chances(cleared);

  const changesOfEnds = () => ends.map(({ good, bad }) => bad - good);

  /** The change in per cent if the bad commit is clearly better than the good one. Null in all other cases. */
  function better(): number | null {
    const changes = changesOfEnds();
    return signedRank(changes).less > CLEARLY ? null : percentOf(median(changes));
  }

  function lookAtEnds(): void {
    const changes = changesOfEnds();
    if (!endLooks.some((look) => look === ends.length) || signedRank(changes).greater > CLEARLY) return;
    const change = median(changes);
    const where = locating(n, { change, scatter: Math.max(scatterOf(changes), change / 100) });
    for (const { good, bad } of ends)
      where.see([
        { at: 0, log: good },
        { at: n, log: bad },
      ]);
    found = { change, where };
  }

  function next(): Step {
    if (!found)
      return ends.length < endLooks.at(-1)! ? { do: 'measure', at: [0, n] } : { do: 'stop', why: 'no_change' };
    if (verdicts === MOST_VERDICTS) return { do: 'stop', why: 'not_confirmed' };
    const now = chances();
    const best = likeliestPart(now, line);
    if (best.chance >= SURE) return { do: 'judge', ...best, margin_pct: LEAST_SHARE * percentOf(found.change) };
    if (rounds >= MOST_ROUNDS) return { do: 'stop', why: 'unclear' };
    if (group.length === 0 || likeliestPart(now, [0, ...group, n]).chance >= PLACED)
      group = dividing(now, line, BESIDE);
    return group.length === 0 ? { do: 'stop', why: 'unclear' } : { do: 'measure', at: [0, ...group] };
  }

  return {
    next,
    saw(round) {
      rounds += 1;
      if (found) return found.where.see(round);
      ends.push({ good: logAt(round, 0), bad: logAt(round, n) });
      lookAtEnds();
    },
    left(at) {
      line = line.filter((other) => other !== at);
      group = [];
    },
    notConfirmed({ after, upTo }) {
      for (let at = after + 1; at <= upTo; at++) cleared.set(at, 1 + (cleared.get(at) ?? 0));
      verdicts += 1;
      group = [];
    },
    change_pct: () => (found ? percentOf(found.change) : better()),
    likeliest() {
      if (!found) return null;
      const { upTo: at, chance } = likeliestPart(chances(), line);
      return { at, chance };
    },
  };
}

/** The standard deviation of executions of the same commit, computed from differences between pairs of executions. */
function scatterOf(changes: readonly number[]): number {
  const middle = changes.reduce((sum, x) => sum + x, 0) / changes.length;
  const squares = changes.reduce((sum, x) => sum + (x - middle) ** 2, 0);
  return Math.sqrt(squares / (changes.length - 1) / 2);
}

const percentOf = (log: number) => 100 * Math.expm1(log);
const logAt = (round: Round, at: number) => round.find((one) => one.at === at)!.log;

import * as z from 'zod/mini';
import type { KeptLines } from './kept-lines.ts';
import { type Search, type Step, search } from './search.ts';

const at = z.int().check(z.minimum(0));
const executions = z.int().check(z.minimum(0));

/**
 * An intermediate result of a bisection, in the form in which a file stores it. A result is a round, a commit that was left out, or a
 * verdict that did not confirm the change. `executions`: the number of executions that led to the result.
 */
const learned = z.union([
  z.object({ round: z.array(z.object({ at, log: z.number() })), executions }),
  z.object({ left: at, why: z.string(), executions }),
  z.object({ not_confirmed: z.object({ after: at, up_to: at, chance: z.number() }), executions }),
]);
type Learned = z.infer<typeof learned>;

/**
 * The search of a bisection, with the results so far. A file stores each result on a line, so that the search can continue
 * after an interruption.
 */
export type Course = {
  searching: Search;
  /** If this search continues an interrupted bisection: the number of executions in that bisection. 0 if this search is new. */
  resumed: number;
  learn(one: Learned): void;
  executions(): number;
  left_out(): { at: number; why: string }[];
  /**
   * The commits that the last verdict judged. The verdict did not confirm that one of them made the change. Null before the first verdict.
   */
  suspected(): { after: number; upTo: number; chance: number } | null;
};

/**
 * Begins a search with the stored results of an interrupted search. If a result does not fit the search's next step, this result and all
 * later results are dropped. `n`: the number of the bad commit; the good commit is 0.
 */
export function courseOf(n: number, kept: KeptLines): Course {
  const searching = search(n);
  const all: Learned[] = [];

  function take(one: Learned): void {
    all.push(one);
    if ('round' in one) searching.saw(one.round);
    else if ('left' in one) searching.left(one.left);
    else searching.notConfirmed({ after: one.not_confirmed.after, upTo: one.not_confirmed.up_to });
  }

  const sum = () => all.reduce((total, one) => total + one.executions, 0);
  for (const line of kept.read()) {
    const one = learned.safeParse(line);
    if (!one.success || !isNext(one.data, searching.next(), n)) break;
    take(one.data);
  }
  kept.keepFirst(all.length);
  return {
    searching,
    resumed: sum(),
    learn(one) {
      take(one);
      kept.add(one);
    },
    executions: sum,
    left_out: () => all.flatMap((one) => ('left' in one ? [{ at: one.left, why: one.why }] : [])),
    suspected() {
      const last = all.flatMap((one) => ('not_confirmed' in one ? [one.not_confirmed] : [])).at(-1);
      return last ? { after: last.after, upTo: last.up_to, chance: last.chance } : null;
    },
  };
}

const ascending = (numbers: number[]) => numbers.sort((a, b) => a - b);

/**
 * Whether a stored result belongs to the step that the search would do next. A file of another version, or a forged file, can hold results
 * of other steps.
 */
function isNext(one: Learned, step: Step, n: number): boolean {
  if ('round' in one)
    return step.do === 'measure' && ascending(one.round.map(({ at }) => at)).join() === step.at.join();
  if ('left' in one) return step.do === 'measure' && step.at.includes(one.left) && one.left !== 0 && one.left !== n;
  const { after, up_to } = one.not_confirmed;
  return step.do === 'judge' && step.after === after && step.upTo === up_to;
}

import { judgeSuite, lookAt, type Question, type SuiteLook, type SuiteLooks, type SuiteVerdict } from './suite.ts';

/** A benchmark while its suite is measured: its samples so far, and the looks at them. */
export type Sequence = { asked: Question; base: number[]; candidate: number[]; seen: SuiteLook[] };

/**
 * The plan of the judgement of a suite. `together`: whether one command runs all benchmarks. `of`: the number of benchmarks in the whole
 * suite. If `suite` is only a part of the whole suite, `of` is larger than the number of benchmarks in `suite`.
 */
export type SuitePlan = { looks: SuiteLooks; alpha: number; together: boolean; of: number };

/**
 * Adds a look at each benchmark that is still measured (`present`: indices into `suite`, all with equally many pairs), and judges the whole
 * suite. Returns all verdicts. The returned `present` lists the benchmarks that must still be measured: undecided benchmarks with a look
 * left.
 */
export function lookAtSuite(
  suite: readonly Sequence[],
  present: readonly number[],
  { looks, alpha, together, of }: SuitePlan,
): { verdicts: SuiteVerdict[]; present: number[] } {
  for (const i of present) {
    const { asked, base, candidate, seen } = suite[i]!;
    seen.push(lookAt(base, candidate, asked));
  }
  const verdicts = judgeSuite(suite, looks, alpha, of);
  const open = present.filter((i) => verdicts[i]!.answer === 'undecided' && suite[i]!.seen.length < looks.length);
  // If one command measures all benchmarks, the command runs until the last benchmark is decided.
  return { verdicts, present: together && open.length > 0 ? [...present] : open };
}

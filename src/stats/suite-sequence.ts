import { judgeSuite, lookAt, type Question, type SuiteLook, type SuiteLooks, type SuiteVerdict } from './suite.ts';

/** A benchmark while its suite is measured: its values so far, and the looks at them. */
export type Sequence = { asked: Question; base: number[]; candidate: number[]; seen: SuiteLook[] };

/**
 * How a suite is judged. `together`: one command runs all benchmarks. `of`: benchmarks of the whole suite; more than are measured, if this is a part.
 */
export type SuitePlan = { looks: SuiteLooks; alpha: number; together: boolean; of: number };

/**
 * Looks at the benchmarks that are still measured (`present`, by number, all with the values of equally many pairs), and judges the whole
 * suite. Returns all verdicts, and the benchmarks that stay: those undecided, while a look is left.
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
  // One command for all of them runs until the last is decided.
  return { verdicts, present: together && open.length > 0 ? [...present] : open };
}

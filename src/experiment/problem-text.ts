import type { Problem } from '../stats/rule.ts';

/** Returns the reason why samples cannot be judged, for example `there are no samples of the base`. */
export function problemText(problem: Problem): string {
  switch (problem.code) {
    case 'empty':
      return `there are no samples of the ${problem.arm}`;
    case 'not_finite':
      return `run ${problem.index + 1} of the ${problem.arm} gave ${problem.value}`;
    case 'not_positive':
      return `run ${problem.index + 1} of the ${problem.arm} gave ${problem.value}, and a percentage needs positive values: ask for an amount instead`;
    case 'unequal_pairs':
      return `there are ${problem.n_base} runs of the base and ${problem.n_candidate} of the candidate, and this test needs pairs`;
  }
}

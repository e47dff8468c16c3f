import { count, listed, oneLine } from '../core/text.ts';

/** A bisection as it is printed. Commits are written as `1a2b3c4 Subject`. */
export type PrintedBisection = {
  good: string;
  bad: string;
  commits: number;
  outcome: 'found' | 'no_change' | 'unclear' | 'not_confirmed';
  change_pct: number | null;
  /**
   * The commit that was found, or else the commit that was suspected last. `before`: the measured commit before it. `between`: the commits
   * between `before` and `first_bad`, which could not be measured.
   */
  first_bad: string | null;
  before: string | null;
  between: readonly string[];
  /** The command that bisects the merged branch, if the found commit is a merge. Null for any other commit. */
  inside: string | null;
  chance: number | null;
  left_out: readonly { commit: string; why: string }[];
  executions: number;
};

const pct = (value: number) => `${value.toFixed(1)} %`;

const endings: Record<PrintedBisection['outcome'], (bisection: PrintedBisection) => string[]> = {
  found: ({ first_bad, before, between, inside }) => [
    `Slower since: ${oneLine(first_bad!)}`,
    `The commit before, ${oneLine(before!)}, is not slower.`,
    ...(between.length > 0
      ? [
          `The cause may also be one of the commits between these two, which could not be measured: ${between.map(oneLine).join(', ')}.`,
        ]
      : []),
    'A new measurement of these two commits confirmed the slowdown.',
    ...(inside === null ? [] : [`The commit is a merge. To find the slower commit in the merged branch: ${inside}`]),
  ],
  no_change: ({ good, bad, change_pct }) => [
    ...(change_pct === null
      ? [
          `${oneLine(bad)} is not clearly worse than ${oneLine(good)}: there is nothing to find.`,
          'Use a quieter machine or a longer benchmark, or name other commits.',
        ]
      : [
          `${oneLine(bad)} is better than ${oneLine(good)}, but a bisection finds a commit that made the program worse.`,
          'Name a good commit that is faster than the bad one.',
        ]),
  ],
  unclear: () => [
    'The commit could not be found: the slowdown may have come in steps, or the noise is too large.',
    'Bisect a part of the history, or make the benchmark longer.',
  ],
  not_confirmed: ({ first_bad }) => [
    `The likeliest commit, ${oneLine(first_bad!)}, was not confirmed when it was measured again.`,
    'The slowdown may have come in several steps: bisect parts of the history.',
  ],
};

/** The probability below which the likeliest commit is not printed, because the commit is not much likelier than the others. */
const WORTH_PRINTING = 0.2;

/** The message when an interrupted bisection continues. */
export const resumedText = (executions: number): string =>
  `Continues the interrupted bisection, after ${count(executions, 'execution')}. To start again from the beginning, remove .perf-gate/local/bisection.jsonl.`;

/**
 * The progress message, which names the commits that are measured next. `likeliest`: the likeliest commit so far. Null as long as only the
 * good and the bad commit are measured.
 */
export function turnsText(commits: readonly string[], likeliest: { commit: string; chance: number } | null): string {
  const names = listed(commits.map(oneLine), 3);
  return likeliest === null
    ? `Measuring the good and the bad commit in turn: ${names}.`
    : `Measuring ${commits.length === 1 ? 'this commit' : 'these commits'} in turn with the good commit: ${names}.${likeliest.chance < WORTH_PRINTING ? '' : ` Likeliest so far: ${oneLine(likeliest.commit)} (${Math.round(100 * likeliest.chance)} %).`}`;
}

export function bisectionText(bisection: PrintedBisection): string {
  const { commits, change_pct, left_out, executions } = bisection;
  return [
    ...endings[bisection.outcome](bisection),
    '',
    [
      count(commits, 'commit'),
      ...(change_pct === null ? [] : [`the good and the bad commit differ by ${pct(Math.abs(change_pct))}`]),
      count(executions, 'execution'),
    ].join('; '),
    ...left_out.map(({ commit, why }) => `Left out: ${oneLine(commit)} (${oneLine(why)})`),
  ].join('\n');
}

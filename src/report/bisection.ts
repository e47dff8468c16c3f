import { count, listed, oneLine } from '../core/text.ts';

/** A bisection, as people read of it. Commits stand as `1a2b3c4 Subject`. */
export type ToldBisection = {
  good: string;
  bad: string;
  commits: number;
  outcome: 'found' | 'no_change' | 'unclear' | 'not_confirmed';
  change_pct: number | null;
  /** The commit that was found or suspected last, the commit before it, and those between that could not be measured. */
  first_bad: string | null;
  before: string | null;
  between: readonly string[];
  /** How to look inside, where the commit that was found is a merge; else null. */
  inside: string | null;
  chance: number | null;
  left_out: readonly { commit: string; why: string }[];
  executions: number;
};

const pct = (value: number) => `${value.toFixed(1)} %`;

const endings: Record<ToldBisection['outcome'], (told: ToldBisection) => string[]> = {
  found: ({ first_bad, before, between, inside }) => [
    `Slower since: ${oneLine(first_bad!)}`,
    `The commit before, ${oneLine(before!)}, is not.`,
    ...(between.length > 0
      ? [
          `Or one of ${count(between.length, 'commit')} between them, which could not be measured: ${between.map(oneLine).join(', ')}.`,
        ]
      : []),
    'A comparison of the two, measured afresh, confirmed it.',
    ...(inside === null ? [] : [`It is a merge. Which of its commits: ${inside}`]),
  ],
  no_change: ({ good, bad, change_pct }) => [
    ...(change_pct === null
      ? [
          `${oneLine(bad)} is not clearly worse than ${oneLine(good)}: there is nothing to find.`,
          'A quieter machine, a longer benchmark, or other ends would help.',
        ]
      : [
          `${oneLine(bad)} is better than ${oneLine(good)}, and a bisection finds what made it worse.`,
          'Name a good commit that is faster than the bad one.',
        ]),
  ],
  unclear: () => [
    'The change could not be placed: it may have come in steps, or the noise is too large.',
    'Bisect a part of the line, or make the benchmark longer.',
  ],
  not_confirmed: ({ first_bad }) => [
    `The likeliest commit, ${oneLine(first_bad!)}, was not confirmed when it was measured afresh.`,
    'The change may have come in several steps: bisect parts of the line.',
  ],
};

/** Below this chance, the likeliest commit is hardly likelier than the others. */
const WORTH_TELLING = 0.2;

/** What is told where an interrupted bisection goes on. */
export const resumedText = (executions: number): string =>
  `Goes on where it was interrupted, after ${count(executions, 'execution')}. To begin afresh, remove .perf-gate/local/bisection.jsonl.`;

/** What takes turns next, as it is told meanwhile. `likeliest`: null while the two ends are measured. */
export function turnsText(commits: readonly string[], likeliest: { commit: string; chance: number } | null): string {
  const names = listed(commits.map(oneLine), 3);
  return likeliest === null
    ? `The ends take turns: ${names}.`
    : `In turn with the good commit: ${names}.${likeliest.chance < WORTH_TELLING ? '' : ` Likeliest so far: ${oneLine(likeliest.commit)} (${Math.round(100 * likeliest.chance)} %).`}`;
}

export function bisectionText(told: ToldBisection): string {
  const { commits, change_pct, left_out, executions } = told;
  return [
    ...endings[told.outcome](told),
    '',
    [
      count(commits, 'commit'),
      ...(change_pct === null ? [] : [`the ends differ by ${pct(Math.abs(change_pct))}`]),
      count(executions, 'execution'),
    ].join('; '),
    ...left_out.map(({ commit, why }) => `Left out: ${oneLine(commit)} (${oneLine(why)})`),
  ].join('\n');
}

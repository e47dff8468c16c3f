/** Options of hyperfine that perf-gate does not take, and what takes their place. A row may name several spellings. */
const foreign: readonly [spelled: readonly string[], hint: string][] = [
  [
    ['-u', '--time-unit'],
    'Times are shown in the unit that fits them. Exports have one unit: seconds in JSON and CSV, milliseconds in Markdown.',
  ],
  [['--style'], 'A terminal gets colours and a status line, a pipe plain text; NO_COLOR=1 takes the colours away.'],
  [
    ['--sort'],
    'Commands stand in the order in which they are given, and each is compared with the first; --reference names another.',
  ],
  [['--export-asciidoc', '--export-orgmode'], 'Tables are written as Markdown: --export-markdown FILE.'],
  [['--show-output'], 'perf-gate does not show what a command prints, except for the last lines of one that fails.'],
  [['--min-benchmarking-time'], 'At least three seconds are measured; --min-runs N sets the least number of runs.'],
];

/** What to do in place of an option that another tool has; undefined for any other option. */
export const wayFor = (option: string): string | undefined =>
  foreign.find(([spelled]) => spelled.includes(option))?.[1];

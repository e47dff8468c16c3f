/** Options of hyperfine that perf-gate does not have. `spelled`: the spellings of one option. `hint`: what perf-gate has instead. */
const foreign: readonly [spelled: readonly string[], hint: string][] = [
  [
    ['-u', '--time-unit'],
    'Times are shown in the unit that fits them. Exports have one unit: seconds in JSON and CSV, milliseconds in Markdown.',
  ],
  [['--style'], 'A terminal gets colours and a status line, a pipe plain text; NO_COLOR=1 switches colours off.'],
  [
    ['--sort'],
    'Commands are listed in the order given, and each is compared with the first; --reference chooses another reference.',
  ],
  [['--export-asciidoc', '--export-orgmode'], 'Tables are written as Markdown: --export-markdown FILE.'],
  [['--show-output'], 'perf-gate hides the output of commands; if a command fails, it shows the last lines.'],
  [
    ['--min-benchmarking-time'],
    'perf-gate measures for at least three seconds; --min-runs N sets the minimum number of runs.',
  ],
];

/** The hint for an option of hyperfine that perf-gate does not have. Undefined for any other option. */
export const wayFor = (option: string): string | undefined =>
  foreign.find(([spelled]) => spelled.includes(option))?.[1];

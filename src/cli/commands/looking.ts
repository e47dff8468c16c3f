import type { Command } from '../command.ts';

/** What shows and tidies what is there already. */
export const lookingCommands: Command[] = [
  {
    name: 'report',
    summary: 'print where the report is, or open it',
    example: 'perf-gate report --open',
    options: [
      ['--open', 'open report.html in the browser'],
      ['--run <run>', 'another run than the newest'],
    ],
    load: () => import('../report.ts'),
  },
  {
    name: 'list',
    summary: 'list the runs of this project',
    example: 'perf-gate list',
    load: () => import('../list.ts'),
  },
  {
    name: 'show',
    args: '[run]',
    summary: 'print the story of a run, artifact by artifact',
    example: 'perf-gate show',
    load: () => import('../show.ts'),
  },
  {
    name: 'gc',
    summary: 'drop the kept snapshots of old runs, and what crashed measurements left behind',
    example: 'perf-gate gc --keep 5',
    options: [['--keep <n>', 'how many of the newest runs keep their snapshots (default 10)']],
    load: () => import('../gc.ts'),
  },
  {
    name: 'verify',
    args: '[run]',
    summary: 'check that a run is what it says: journal, artifacts, samples, verdicts, refs and commits',
    detail:
      'Judges every session again from its raw samples and compares all that the run left behind with its journal. Nothing is written or run. Exit code 0: everything holds; 1: something does not.',
    example: 'perf-gate verify',
    load: () => import('../verify.ts'),
  },
  {
    name: 'workflow',
    summary: 'print the workflow: the stages and what leads where',
    example: 'perf-gate workflow --format mermaid',
    options: [['--format <format>', 'table, mermaid or json']],
    load: () => import('../workflow.ts'),
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of the contract, for your editor',
    example: 'perf-gate schema > perf-gate.schema.json',
    load: () => import('../schema.ts'),
  },
  {
    name: 'doctor',
    summary: 'check whether this machine is fit to measure on, and tell what helps',
    detail:
      'Ends with a short measurement of its noise: a loop against itself. Exit code 3 where something is missing.',
    example: 'perf-gate doctor',
    options: [['--strict', 'exit code 3 also where something makes the figures less to be trusted']],
    load: () => import('../doctor.ts'),
  },
  {
    name: 'calibrate',
    summary:
      'measure unchanged code against itself, at length: does the gate accept what is not there, and how finely does it see',
    detail:
      'Nothing of the project is changed. Every session goes the way of an attempt: screen, and where it passes, confirmation. Exit code 1 where unchanged code was accepted, or a planted slowdown was not seen.',
    example: 'perf-gate calibrate --contract perf-gate.yaml --slowdown 10%',
    options: [
      ['--contract <file>', 'the contract to calibrate'],
      ['--sessions <n>', 'how many sessions of unchanged code (default 10)'],
      [
        '--slowdown <pct>',
        'also slow the command down by this much, and see whether it is noticed (wall and CPU time only)',
      ],
    ],
    load: () => import('../calibrate.ts'),
  },
  {
    name: 'demo',
    summary: 'watch a slow program being made faster with proof, on a copy in a temporary repository',
    example: 'perf-gate demo',
    load: () => import('../demo.ts'),
  },
];

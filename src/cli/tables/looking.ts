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
    load: () => import('../commands/report.ts'),
  },
  {
    name: 'profile',
    args: '[command...]',
    usage: '[options] -- <command> [arguments...]',
    summary: 'run a command once under the profiler that fits, and rank the project’s functions',
    detail:
      'Needs no run and no repository. Several words are the command and its arguments; one word is a script. Nothing is kept unless --out, --html, --svg or --speedscope asks for it.',
    example: 'perf-gate profile --html -- node bench.mjs',
    options: [
      [
        '--tool <name>',
        'the profiler, such as node-heap-prof or callgrind (default: the first that fits and is there)',
      ],
      ['--html', 'write a flame graph as a page: zoom, search'],
      ['--svg', 'write a flame graph as a picture'],
      ['--speedscope', 'write the profile for speedscope'],
      ['--out <folder>', 'where what is kept goes (default perf-gate-profile)'],
      ['--threshold <pct>', 'mark what cannot give so much (default 20%)'],
      ['--timeout <seconds>', 'when the command counts as failed (default 600)'],
      ['--open', 'open the flame graph in the browser'],
    ],
    load: () => import('../commands/profile/profile.ts'),
  },
  {
    name: 'hotspots',
    args: '<files...>',
    summary: 'rank the project’s functions in profiles that exist already, and draw them',
    detail:
      'Reads every format of the manual’s page on profiling; several files and folders are one execution (threads, child processes). Ranked by what each function costs with what runs outside of the project on its behalf.',
    example: 'perf-gate hotspots profile.cpuprofile --flame flame.html',
    options: [
      ['--root <dir>', 'where the project lay while the profile was taken (default: this folder)'],
      ['--against <file>', 'an earlier profile: tell and draw what changed since'],
      ['--flame <file>', 'write a flame graph: a page (.html) or a picture (.svg)'],
      ['--speedscope <file>', 'write the profile for speedscope'],
      ['--threshold <pct>', 'mark what cannot give so much (default 20%)'],
      ['--group <by>', 'function or file (default function)'],
      ['--limit <n>', 'how many to show (default 20)'],
      ['--open', 'open the flame graph in the browser'],
    ],
    load: () => import('../commands/profile/hotspots.ts'),
  },
  {
    name: 'plan',
    args: '[file]',
    summary: 'turn a measured breakdown into a plan: what costs how much, what to try in which order, what to expect',
    detail:
      'Of a profile, a file of spans, or the newest profile of a run. What was measured since stands beside what was expected, so it can be written again after every run.',
    example: 'perf-gate plan spans.jsonl --target 100ms --out docs/performance-plan.md',
    options: [
      ['--run <run>', 'another run than the active or the newest'],
      ['--target <amount>', 'what should be left, such as 100ms, or saved, such as 30%'],
      ['--title <text>', 'the plan’s title'],
      ['--out <file>', 'write the document there'],
    ],
    load: () => import('../commands/plan.ts'),
  },
  {
    name: 'list',
    summary: 'list the runs of this project',
    example: 'perf-gate list',
    load: () => import('../commands/list.ts'),
  },
  {
    name: 'show',
    args: '[run]',
    summary: 'print the story of a run, artifact by artifact',
    example: 'perf-gate show',
    load: () => import('../commands/show.ts'),
  },
  {
    name: 'gc',
    summary: 'drop the kept snapshots of old runs, and what crashed measurements left behind',
    example: 'perf-gate gc --keep 5',
    options: [['--keep <n>', 'how many of the newest runs keep their snapshots (default 10)']],
    load: () => import('../commands/gc.ts'),
  },
  {
    name: 'verify',
    args: '[run]',
    summary: 'check that a run is what it says: journal, artifacts, samples, verdicts, refs and commits',
    detail:
      'Judges every session again from its raw samples and compares all that the run left behind with its journal. Nothing is written or run. Exit code 0: everything holds; 1: something does not.',
    example: 'perf-gate verify',
    load: () => import('../commands/verify/verify.ts'),
  },
  {
    name: 'workflow',
    summary: 'print the workflow: the stages and what leads where',
    example: 'perf-gate workflow --format mermaid',
    options: [['--format <format>', 'table, mermaid or json']],
    load: () => import('../commands/workflow.ts'),
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of the contract, for your editor',
    example: 'perf-gate schema > perf-gate.schema.json',
    load: () => import('../commands/schema.ts'),
  },
  {
    name: 'init',
    summary:
      'set up this project: a configuration file, a contract for a domain, or the plugin in the settings of Claude Code',
    detail:
      'Writes .perf-gate/config.yaml with its defaults as comments; --claude adds the plugin to .claude/settings.json instead, --domain writes a perf-gate.yaml with what was found in the project. What is there stays as it is.',
    example: 'perf-gate init --domain db_query',
    options: [
      ['--claude', 'enable the plugin for Claude Code in .claude/settings.json'],
      ['--domain <name>', 'write perf-gate.yaml with the template of a domain'],
    ],
    load: () => import('../commands/init/init.ts'),
  },
  {
    name: 'doctor',
    summary: 'check whether this machine is fit to measure on, and tell what helps',
    detail:
      'Ends with a short measurement of its noise: a loop against itself. Exit code 3 where something is missing.',
    example: 'perf-gate doctor',
    options: [['--strict', 'exit code 3 also where something makes the figures less to be trusted']],
    load: () => import('../commands/doctor.ts'),
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
    load: () => import('../commands/calibrate.ts'),
  },
  {
    name: 'statusline',
    summary: 'print one line for the status line of Claude Code: stage, attempt, gain so far; nothing without a run',
    detail: 'Takes the JSON of the client on stdin, which says where it works.',
    example: 'echo "{}" | perf-gate statusline',
    load: () => import('../commands/statusline.ts'),
  },
  {
    name: 'mcp',
    summary: 'serve status, next, submit, compare, hotspots and measure to an agent, as an MCP server over stdio',
    detail: 'Each tool answers with the object that its command prints with --json. Approving is none of them.',
    example: 'perf-gate mcp --cwd /path/to/project',
    load: () => import('../commands/mcp/mcp.ts'),
  },
  {
    name: 'demo',
    summary: 'watch a slow program being made faster with proof, on a copy in a temporary repository',
    example: 'perf-gate demo',
    load: () => import('../commands/demo.ts'),
  },
  {
    name: 'hook',
    args: '<event>',
    summary: 'what the hooks of a coding agent’s client call: its JSON on stdin, one JSON object or nothing on stdout',
    detail:
      'Events: stop, session-start, user-prompt-submit, user-prompt-expansion, pre-tool-use. Always ends with 0: a hook must not stand in anybody’s way.',
    example: 'perf-gate hook stop < event.json',
    load: () => import('../commands/hook.ts'),
  },
];

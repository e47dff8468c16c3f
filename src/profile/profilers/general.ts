import type { Profiler } from './profiler.ts';

/** Of any command. */
export const generalProfilers: readonly Profiler[] = [
  {
    tool: 'hyperfine',
    title: 'hyperfine: times only, no hotspots',
    domains: ['cli_startup', 'hook_latency'],
    command: "hyperfine --warmup 1 --runs 10 --export-json {output} '{command}'",
    by: 'command',
    output: 'hyperfine.json',
    present: ['hyperfine', '--version'],
    install: 'apt-get install hyperfine',
  },
  {
    tool: 'spans',
    title: 'spans that the program writes itself',
    command: 'PERF_GATE_SPANS={output} {command}',
    by: 'command',
    output: 'spans.jsonl',
    present: [],
    install: 'The program appends a line for each part of its work, see docs/plan.md.',
  },
];

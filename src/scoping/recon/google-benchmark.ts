import type { Candidate } from './finding.ts';

const RESULT = 'perf-gate-bench.json';

/**
 * One candidate for each `BENCHMARK(…)` in the source of a program that uses the library google-benchmark. The command writes the result to
 * a file. If the program does not use this library, the only candidate is the program itself.
 */
export function googleBenchmarks(whole: Candidate, source: string): Candidate[] {
  const names = [...source.matchAll(/^\s*BENCHMARK\(\s*(\w+)\s*\)\s*;/gm)].map((match) => match[1]!);
  if (!/benchmark\/benchmark\.h/.test(source)) return [whole];
  return names.slice(0, 8).map((name) => ({
    ...whole,
    command: `${whole.command} --benchmark_filter='^${name}$' --benchmark_out=${RESULT} --benchmark_out_format=json`,
    found_in: `${whole.found_in}, ${name}`,
    reports: {
      name: `${name}_ns`,
      unit: 'ns',
      lower_is_better: true,
      source: { format: 'google-benchmark', file: RESULT },
      why: 'the time of one iteration, as google-benchmark reports it',
    },
  }));
}

import type { Tree } from '../tree.ts';
import { follow } from './follow.ts';

/**
 * A benchmark tool that decides how long a command runs. `line` matches a command line with the tool. `source` matches the source of a
 * program with the tool.
 */
type Harness = {
  tool: string;
  line?: RegExp;
  source?: RegExp;
  /**
   * How the user gets from the tool a number that perf-gate can measure. Missing for a tool that writes its numbers without further
   * options.
   */
  advice?: string;
};

const imported = (name: string) => new RegExp(`(require\\(|from\\s|import\\()\\s*['"]${name}['"]`);

/** To add a benchmark tool, add a row. */
const harnesses: readonly Harness[] = [
  { tool: 'go test -bench', line: /\bgo\s+test\b.*\s-(test\.)?bench\b|\s-test\.bench\b/ },
  { tool: 'cargo bench', line: /\bcargo\s+(\+\S+\s+)?bench\b(?!.*--no-run)/ },
  { tool: 'pytest-benchmark', line: /\bpytest\b.*--benchmark-(only|enable|json|min-rounds|max-time)/ },
  { tool: 'vitest bench', line: /\bvitest\s+bench\b/ },
  { tool: 'benchmark.js', source: imported('benchmark') },
  { tool: 'benny', source: imported('benny') },
  {
    tool: 'tinybench',
    source: imported('tinybench'),
    advice:
      'let it print `JSON.stringify(bench.tasks.map(({ name, result }) => ({ name, result })))`, and measure that output',
  },
  {
    tool: 'mitata',
    source: imported('mitata'),
    advice: "let it print JSON with `run({ format: 'json' })`, and measure that output",
  },
  {
    tool: 'divan',
    source: /\bdivan::(main|bench|Bencher)\b/,
    advice: 'it prints only a table, so let it do fixed work (--sample-count, --sample-size) or name another program',
  },
  { tool: 'pyperf', line: /-m\s+pyperf\b/, source: /^\s*(import|from)\s+pyperf\b/m },
  { tool: 'timeit', line: /-m\s+timeit\b/, source: /\.autorange\(/ },
  {
    tool: 'asv',
    line: /\basv\s+(run|dev|continuous|quickstart)\b/,
    advice: 'call one of the benchmark functions with `python -m timeit`',
  },
  {
    tool: 'google-benchmark',
    line: /--benchmark_(out|format|filter|min_time)/,
    source: /#include\s*[<"]benchmark\/benchmark\.h[>"]/,
  },
  { tool: 'JMH', line: /\bjmh\b/i },
  { tool: 'a load generator', line: /(^|[\s;&|])(autocannon|wrk2?|k6\s+run|hey|bombardier|oha|vegeta)(\s|$)/ },
];

/**
 * The benchmark tool that decides how long a command runs. The tool is found in the command, or in the texts that the command runs. Null
 * if no such tool exists. With such a tool, a command takes as long for fast code as for slow code, so the command's time says nothing
 * about the code.
 */
export function harnessOf(command: string, tree: Tree, folder = ''): string | null {
  const parts = follow(command, tree, folder);
  const found = harnesses.find(({ line, source }) =>
    parts.some(({ where, text }) => (line !== undefined && !isSource(where) && line.test(text)) || source?.test(text)),
  );
  return found?.tool ?? null;
}

const isSource = (where: string) => /\.[\w]+$/.test(where) && !/\.(ba|z)?sh$/.test(where);

/** The benchmark tool that a source uses. Null if the source uses no such tool. */
export const harnessIn = (text: string): string | null =>
  harnesses.find(({ source }) => source?.test(text))?.tool ?? null;

/** The caution about a command that runs for a fixed time. */
export function fixedTime(tool: string): string {
  const advice = harnesses.find((harness) => harness.tool === tool)?.advice ?? 'measure a number that it reports';
  return `${tool} decides how long it runs, so the time of the command says nothing about the code: ${advice}`;
}

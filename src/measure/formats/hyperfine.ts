import { type Format, listAt, type Row, sampled, statsOf } from './row.ts';

type Result = {
  command?: string;
  mean?: number;
  times?: unknown[];
  exit_codes?: (number | null)[];
  memory_usage_byte?: unknown[];
  parameters?: Record<string, unknown>;
};

/** `hyperfine --export-json`: seconds. `perf-gate measure` writes the same. */
export const hyperfine: Format = {
  writtenBy: '`hyperfine --export-json`, `perf-gate measure --output`',
  samples: 'Export with --export-json, which writes every run under `times`.',
  fits: ({ json }) => listAt(json, 'results').some((result) => 'command' in result || 'times' in result),
  read({ json }) {
    const results = listAt(json, 'results') as Result[];
    return results.map((result, i): Row => {
      const { command = '', times, mean, memory_usage_byte: memory } = result;
      const failed = failureOf(result);
      const stats = statsOf({ ...result, parameters: undefined }, 's');
      if (Array.isArray(times)) stats.mean = sampled(times, 's', mean);
      if (Array.isArray(memory)) stats.memory = sampled(memory, 'bytes');
      return { name: command, among: apart(results, i), main: 'mean', ...(failed ? { stats: {}, failed } : { stats }) };
    });
  },
};

/**
 * The parts that distinguish a result from other results of the same command: its parameters, such as `size=10`. If several results have
 * the same command and the same parameters, a number such as `#1` follows.
 */
function apart(results: readonly Result[], i: number): string[] {
  const parts = (of: Result | undefined) => Object.entries(of?.parameters ?? {}).map(([name, v]) => `${name}=${v}`);
  const twins = results.flatMap((other, at) =>
    other.command === results[i]?.command && `${parts(other)}` === `${parts(results[i])}` ? [at] : [],
  );
  return [...parts(results[i]), ...(twins.length > 1 ? [`#${twins.indexOf(i) + 1}`] : [])];
}

/** hyperfine writes null for an execution that a signal ended. */
function failureOf({ exit_codes }: Result): string | undefined {
  const run = exit_codes?.findIndex((code) => code !== 0) ?? -1;
  if (run < 0) return undefined;
  const code = exit_codes![run];
  return code === null ? `run ${run + 1} ended by a signal` : `exit code ${code} in run ${run + 1}`;
}

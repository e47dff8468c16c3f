import type { FormatName } from '../../../measure/formats/formats.ts';
import type { Suggestion } from '../../suggestion.ts';
import type { Candidate } from '../finding.ts';
import { fixedTime, harnessOf } from '../reading/harness.ts';
import type { Tree } from '../tree.ts';

const RESULT = 'perf-gate-bench.json';

/**
 * A benchmark tool whose programs can write their results as JSON. `prints` matches the source of a program that writes such results.
 * `bench` matches the name of a benchmark.
 */
type Writer = { format: FormatName; prints: RegExp; bench: RegExp; unit: string };

const writers: Partial<Record<string, Writer>> = {
  tinybench: {
    format: 'tinybench',
    prints: /JSON\.stringify\([^;]*\btasks\b/,
    bench: /\.add\(\s*(['"`])([^'"`$]+)\1/,
    unit: 'ms',
  },
  mitata: {
    format: 'mitata',
    prints: /\bformat:\s*(['"]json['"]|\{\s*json\b)/,
    bench: /\bbench\(\s*(['"`])([^'"`$]+)\1/,
    unit: 'ns',
  },
};

type Known = Pick<Candidate, 'command' | 'reports' | 'caution'>;

/**
 * If a benchmark tool decides how long the command runs: the metric that the tool prints or writes, or a caution if there is no such
 * metric. Empty for any other command. `direct`: the command without the package manager, whose own output would be mixed with the results.
 * `direct` is null if no such command exists.
 */
export function harness(command: string, direct: string | null, tree: Tree): Partial<Known> {
  const tool = harnessOf(command, tree);
  if (tool === null) return {};
  const file = /\s(\S+\.[cm]?[jt]s)/.exec(direct ?? command)?.[1];
  const source = file === undefined ? '' : tree.read(file.replace(/^\.\//, ''));
  if (tool === 'benchmark.js') return { reports: printedRate(source) };
  const writer = writers[tool];
  const known = writer && direct !== null ? written(direct, source, writer) : undefined;
  return known ?? { caution: fixedTime(tool) };
}

/** The operations per second that benchmark.js prints for the first benchmark. */
function printedRate(source: string): Suggestion {
  const name = /\.add\(\s*(['"`])([^'"`$]+)\1/.exec(source)?.[2];
  const before = name === undefined ? '' : name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return {
    name: 'ops_per_s',
    unit: '1/s',
    lower_is_better: false,
    source: { stdout: 'regex', pattern: `${before} x ([\\d,.]+) ops/sec` },
    why: `what benchmark.js prints for ${name === undefined ? 'its first benchmark' : `“${name}”`}`,
  };
}

/** The file with the results of a program: the file that the program names, or a file to which the command redirects stdout. */
function written(direct: string, source: string, { format, prints, bench, unit }: Writer): Known | undefined {
  if (!prints.test(source)) return undefined;
  const named = /\bwriteFile(?:Sync)?\(\s*(['"])([^'"]+)\1/.exec(source)?.[2];
  const names = [...source.matchAll(new RegExp(bench, 'g'))].map((match) => match[2]!);
  const key = names.length > 1 ? { key: names[0]! } : {};
  return {
    command: named === undefined ? `${direct} > ${RESULT}` : direct,
    reports: {
      name: `bench_${unit}`,
      unit,
      lower_is_better: true,
      source: { format, file: named ?? RESULT, ...key },
      why: `the mean that ${format} reports${names[0] === undefined ? '' : ` for “${names[0]}”`}`,
    },
  };
}

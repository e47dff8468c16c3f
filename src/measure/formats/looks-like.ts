import { cut, listed, oneLine, quoted } from '../../core/text.ts';
import { isSummary } from './csv.ts';
import { type Content, field, firstLineHas, listAt } from './row.ts';

/** A description of a file in which perf-gate finds no samples. `what`: a phrase without a verb, for a message. `todo`: advice. */
export type Likeness = { what: string; todo?: string; expected?: string };

type Known = { fits(content: Content): boolean; what: string; todo: string };

const text = (pattern: RegExp) => (content: Content) => pattern.test(content.text);

const profiles = 'Rank its functions with `perf-gate hotspots FILE`.';
const tenTimes = 'Run it ten times or more, and pass one number per execution, each on its own line.';

/** Files that users often pass as samples, but that hold no samples. */
const known: readonly Known[] = [
  {
    fits: ({ text }) => text.charCodeAt(0) === 0x1f,
    what: 'a file that is compressed by gzip',
    todo: 'Unpack it first: gunzip FILE.',
  },
  {
    fits: ({ text }) => text.includes('\0'),
    what: 'a binary file',
    todo: 'Pass the text or JSON that the benchmark tool writes.',
  },
  {
    fits: text(/^\s*<(?:!doctype|html|\?xml)/i),
    what: 'HTML or XML',
    todo: 'Ask the tool for JSON, or pass one number per line.',
  },
  {
    fits: ({ text, json }) =>
      /^\s*\{\s*"(?:nodes|head)"\s*:/.test(text.slice(0, 100)) ||
      (json === undefined && /^[^\s;]+;.* \d+$/m.test(text.slice(0, 5000))),
    what: 'a profile',
    todo: profiles,
  },
  { fits: text(/^(?:version: \d|events: |# callgrind)/m), what: 'a profile of valgrind', todo: profiles },
  {
    fits: text(/│.*(?:vs base|sec\/op|B\/op)|^name +(?:old )?time\/op|^,sec\/op,/m),
    what: 'a table of benchstat',
    todo: 'Pass the two outputs of `go test -bench` from which this comparison was made.',
  },
  {
    fits: text(/^\s*Time \((?:mean|abs)/m),
    what: 'what hyperfine prints',
    todo: 'Run hyperfine with --export-json FILE, which holds every run.',
  },
  {
    fits: text(/^command,mean,stddev/),
    what: 'the CSV of hyperfine, which holds no single runs',
    todo: 'Run hyperfine with --export-json FILE, which holds every run.',
  },
  {
    fits: text(/^\s*\S.*\btime:\s+\[[\d.]+ \S+ [\d.]+ /m),
    what: 'what `cargo bench` prints with criterion.rs',
    todo: 'Pass target/criterion/<benchmark>/new/sample.json, which holds every sample.',
  },
  {
    fits: text(/^test .*\bbench:\s+[\d,.]+ \S+\/iter/m),
    what: 'what `cargo bench` prints: a median and its spread, no samples',
    todo: tenTimes,
  },
  {
    fits: text(/ x [\d,.]+ ops\/sec ±/),
    what: 'what benchmark.js prints: one rate per benchmark, no samples',
    todo: tenTimes,
  },
  {
    fits: text(/^\s*-+ benchmark.*: \d+ tests -+/m),
    what: 'what pytest-benchmark prints',
    todo: 'Run pytest with --benchmark-json FILE --benchmark-save-data.',
  },
  { fits: text(/^Benchmark +.*Mode +Cnt +Score/m), what: 'what JMH prints', todo: 'Run JMH with -rf json -rff FILE.' },
  {
    fits: text(/^Benchmark +Time +CPU +Iterations/m),
    what: 'what Google Benchmark prints',
    todo: 'Run it with --benchmark_out=FILE --benchmark_repetitions=10.',
  },
  {
    fits: text(/^\|? *Method *\|.*Mean *\|/m),
    what: 'a table of BenchmarkDotNet',
    todo: 'Run it with --exporters json.',
  },
  {
    fits: text(/^benchmark name +samples +iterations/m),
    what: 'what Catch2 prints: means, no samples',
    todo: tenTimes,
  },
  {
    fits: text(/^\s*Instructions: +[\d,]+/m),
    what: 'counts of iai or gungraun',
    todo: 'A count has no noise. Use `perf-gate compare` with a `deterministic` metric, which compares two numbers exactly.',
  },
  { fits: text(/^running 0 tests$/m), what: 'what cargo prints, without any result', todo: tenTimes },
  {
    fits: text(/^\S+\(RunTime\): [\d.]+ us/m),
    what: 'what benchmark_harness of Dart prints: one time per benchmark',
    todo: tenTimes,
  },
  {
    fits: text(/^· .*\[ *[\d.]+%\]|^· Running \d+ total benchmarks/m),
    what: 'what asv prints: one number per benchmark',
    todo: tenTimes,
  },
  {
    fits: ({ json }) => listAt(json).some((row) => 'BenchmarkTools' in row),
    what: 'the JSON of BenchmarkTools.jl',
    todo: 'Write the times of a trial, one per line: foreach(println, trial.times).',
  },
  {
    fits: ({ json }) =>
      Object.values(json as object).some((measures) =>
        Object.values(measures).some((m) => field(m, 'value') !== undefined),
      ),
    what: 'Bencher’s metric format: one value per measure, no samples',
    todo: tenTimes,
  },
  {
    fits: text(/^real\s+\d+m[\d.]+s/m),
    what: 'what the shell’s `time` prints',
    todo: 'Measure with `perf-gate measure --output FILE -- COMMAND`.',
  },
  { fits: text(/Performance counter stats for/), what: 'what `perf stat` prints', todo: tenTimes },
  {
    fits: text(/\bRequests\/sec\b|Requests per second/),
    what: 'the report of a load generator, no samples',
    todo: tenTimes,
  },
  { fits: text(/\buser +system +total +real\b/), what: 'what Ruby’s Benchmark prints, no samples', todo: tenTimes },
  {
    fits: text(/^\|.*\|\r?\n\| *:?-+/m),
    what: 'a Markdown table',
    todo: 'Ask the tool for JSON with its single runs, or pass one number per line.',
  },
  {
    fits: ({ text }) => isSummary(text.split(/\r?\n/, 1)[0]!.split(/[,;\t]/)),
    what: 'CSV of means and deviations, no samples',
    todo: 'Ask the tool for its single runs.',
  },
  {
    fits: ({ text }) => /^[\d.]+,[\d.]+/.test(text.trim()),
    what: 'numbers with commas between digits, perhaps decimal commas',
    todo: 'Write one number per line, with a decimal point. Or add a line of headings above the columns.',
  },
  {
    fits: ({ text }) => firstLineHas(text, 'session'),
    what: 'the samples that perf-gate stored for a run or a comparison',
    todo: '`perf-gate show ID` prints their verdict.',
  },
];

/** Describes the content of a file as a short phrase, even if the file is long. */
export function looksLike(content: Content): Likeness {
  if (content.text.trim() === '')
    return { what: 'an empty file', todo: 'Check that the benchmark ran, and that it wrote this file.' };
  const found = known.find((one) => holds(one, content));
  if (found) return { what: found.what, todo: found.todo };
  if (content.json !== undefined) return { what: jsonIn(content.json) };
  const broken = /^\s*[[{]/.test(content.text) ? syntaxProblem(content.text) : undefined;
  return broken === undefined ? { what: quoted(content.text.slice(0, 1000), 40) } : { expected: 'JSON', what: broken };
}

function syntaxProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return cut(oneLine((error as Error).message), 160);
  }
}

function holds({ fits }: Known, content: Content): boolean {
  try {
    return fits(content);
  } catch {
    return false;
  }
}

function jsonIn(json: unknown): string {
  if (!Array.isArray(json)) return `the keys ${listed(Object.keys(json as object)) || '(none)'}`;
  const [first] = listAt(json);
  return first
    ? `an array of objects with the keys ${listed(Object.keys(first))}`
    : `an array of ${json.length} values`;
}

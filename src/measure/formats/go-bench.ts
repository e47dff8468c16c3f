import { type Format, field, jsonLines, type Row, type Stat } from './row.ts';

/**
 * Output of `go test -bench` in the text format of golang.org/design/14313-benchmark-format. The events of `go test -json`, which contain
 * this text, are read too. A result is a line `BenchmarkName-8 N value unit …`. With `-count` a benchmark has several such lines. Lines
 * `key: value` before the results say, for example, the package or the machine. If a key has different values in a file, these values
 * distinguish benchmarks of the same name.
 */
export const goBench: Format = {
  writtenBy: '`go test -bench`, with or without `-json`',
  samples: 'Run `go test -bench` with -count 10.',
  fits: ({ text }) => isEvents(text) || /^Benchmark\S*[ \t]+\d+[ \t]+\S/m.test(text),
  read: ({ text }) => rowsIn(isEvents(text) ? outputOf(text) : text.replaceAll('\r', '')),
};

const isEvents = (text: string) => /^\{.*"Action":/m.test(text);

/**
 * Joins the events of each package into text, one package after the other. With `-p` the events of several packages alternate, and a line
 * of text can be split between two events.
 */
function outputOf(text: string): string {
  const packages = new Map<string, string>();
  // messages of the compiler can appear between the events
  const events = text.split('\n').filter((line) => line.startsWith('{'));
  for (const event of jsonLines(events.join('\n'))) {
    const name = String(field(event, 'Package') ?? '');
    packages.set(name, (packages.get(name) ?? `pkg: ${name}\n`) + String(field(event, 'Output') ?? ''));
  }
  return [...packages.values()].map((output) => (output.endsWith('\n') ? output : `${output}\n`)).join('');
}

/** A benchmark's result. `measurements` is null if the benchmark failed. */
type Line = { name: string; measurements: string | null; config: ReadonlyMap<string, string> };

function rowsIn(text: string): Row[] {
  const lines = linesIn(text);
  const keys = [...new Set(lines.flatMap(({ config }) => [...config.keys()]))];
  const differs = (key: string) => new Set(lines.map(({ config }) => config.get(key))).size > 1;
  const apart = keys.filter((key) => key === 'pkg' || differs(key));
  const suffix = processors(lines);
  const rows = lines.map(({ name, measurements, config }): Row => {
    const found = apart.flatMap((key) => (config.has(key) ? [[key, config.get(key)!] as const] : []));
    const row = {
      name: name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name,
      spelled: name,
      among: found.map(([key, value]) => (key === 'pkg' ? value : `${key}=${value}`)),
    };
    if (measurements !== null) return { ...row, ...measured(measurements) };
    return { ...row, main: 'ns/op', stats: {}, failed: 'a failure (`--- FAIL`)' };
  });
  // if a benchmark failed, its earlier results are not used
  const failed = rows.filter((row) => row.failed !== undefined);
  const same = (a: Row, b: Row) => a.name === b.name && `${a.among}` === `${b.among}`;
  return rows.map((row) => failed.find((other) => same(row, other)) ?? row);
}

function linesIn(text: string): Line[] {
  const lines: Line[] = [];
  let config: ReadonlyMap<string, string> = new Map();
  for (const line of text.split('\n')) {
    const [, name, measurements = null] =
      /^(Benchmark\S*)[ \t]+\d+[ \t]+(\S.*)$/.exec(line) ?? /^\s*--- FAIL: (Benchmark\S*)/.exec(line) ?? [];
    const [, key, value = ''] = /^([a-z][^\sA-Z:]*):(?:[ \t]+(.*))?$/.exec(line) ?? [];
    if (name !== undefined) lines.push({ name, measurements, config });
    else if (key !== undefined) config = new Map([...config, [key, value.trim()]]);
  }
  return lines;
}

/**
 * The number of processors at the end of the benchmarks' names, such as `-8`. Empty if not all names end with the same number: Go prints no
 * number if there is only one processor, and a name such as `size-10` can end with a number of its own.
 */
function processors(lines: readonly Line[]): string {
  const measured = lines.filter(({ measurements }) => measurements !== null);
  const suffixes = new Set(measured.map(({ name }) => /-\d+$/.exec(name)?.[0] ?? ''));
  return suffixes.size === 1 ? ([...suffixes][0] ?? '') : '';
}

/**
 * The values of a line with their units, and the name of the main value. The main value is the time, or the first value if the line has no
 * time.
 */
function measured(measurements: string): Pick<Row, 'main' | 'stats'> {
  const stats: Record<string, Stat> = {};
  const words = measurements.trim().split(/\s+/);
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [value, unit] = [Number(words[i]), words[i + 1] as string];
    if (Number.isFinite(value)) stats[unit] = { value, unit: unit.replace(/\/op$/, ''), samples: [value] };
  }
  return { main: stats['ns/op'] ? 'ns/op' : (Object.keys(stats)[0] ?? 'ns/op'), stats };
}

import type { Row } from './row.ts';

/** A benchmark's row with a label that no other benchmark of the file has. */
export type Labelled = Row & { label: string };

/**
 * Adds a label to each row: the benchmark's name. If several benchmarks have the same name, the parts of `among` that distinguish a
 * benchmark follow its name in brackets: `parse (size=10)`.
 */
export function labelled(rows: readonly Row[]): Labelled[] {
  const parted = new Map<string, (readonly string[])[]>();
  for (const { name, among = [] } of rows) parted.set(name, [...(parted.get(name) ?? []), among]);
  return rows.map((row) => {
    const parts = parted.get(row.name)!;
    const differing = (row.among ?? []).filter((part) => !parts.every((other) => other.includes(part)));
    return { ...row, label: differing.length > 0 ? `${row.name} (${differing.join(', ')})` : row.name };
  });
}

/** A possible meaning of a key: a benchmark, or a statistic of a benchmark. */
export type Candidate = { label: string; stat?: string };

/**
 * The benchmarks or statistics that a key can mean. A key names a benchmark by its whole name, by the end of its name, by parts such as
 * parameters, or by the last word of its name. These four forms are tried in this order until one matches. A dot and the name of a
 * statistic can follow. If no form matches and the file has only one benchmark, the key can be the name of a statistic alone.
 */
export function candidates(key: string, rows: readonly Labelled[]): Candidate[] {
  const labels = [...new Set(rows.map((row) => row.label))];
  const only = labels.length === 1 ? labels[0] : undefined;
  if (key === '') return only === undefined ? [] : [{ label: only }];
  for (const fits of spellings) {
    const whole = distinct(rows.filter((row) => fits(row, key)).map(({ label }) => ({ label })));
    if (whole.length > 0) return whole;
    const parts = [...key.matchAll(/\./g)].flatMap(({ index }) =>
      rows
        .filter((row) => has(row, key.slice(index + 1)) && fits(row, key.slice(0, index)))
        .map(({ label }) => ({ label, stat: key.slice(index + 1) })),
    );
    if (parts.length > 0) return distinct(parts);
  }
  return only !== undefined && rows.some((row) => has(row, key)) ? [{ label: only, stat: key }] : [];
}

type Spelling = (row: Labelled, key: string) => boolean;

const spellings: readonly Spelling[] = [
  (row, key) => namesOf(row).includes(key),
  endsAfter('::', ' > ', '/', '.'), // `file::test`, `group > name`, `group/name`, `package.Class.method`
  (row, key) => key.split(',').every((part) => hasPart(row, part.trim())),
  endsAfter(' ', 'Benchmark'), // `node bench.mjs`, `BenchmarkParse`
];

const namesOf = ({ label, name, spelled = name, among = [] }: Labelled) => [
  label,
  name,
  spelled,
  ...among.map((part) => `${part}.${name}`),
];

function endsAfter(...marks: string[]): Spelling {
  return (row, key) => namesOf(row).some((name) => marks.some((mark) => name.endsWith(mark + key)));
}

/** Whether a benchmark has a part with this name: a parameter such as `size=10`, or the end of its package's path. */
const hasPart = ({ name, among = [] }: Row, part: string) =>
  [...among, ...name.split('/').slice(1)].some((own) => own === part || own.endsWith(`/${part}`));

/**
 * Whether a benchmark's row has a statistic. Always true for a failed benchmark: a key with a statistic then finds the benchmark, and its
 * failure can be reported.
 */
const has = (row: Row, stat: string) => row.failed !== undefined || Object.hasOwn(row.stats, stat);

const distinct = (found: Candidate[]) => [
  ...new Map(found.map((c) => [JSON.stringify([c.label, c.stat]), c])).values(),
];

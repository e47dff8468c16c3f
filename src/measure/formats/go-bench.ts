import type { Format, Row, Stat } from './row.ts';

/**
 * `go test -bench`, the text format of golang.org/design/14313-benchmark-format: `BenchmarkName-8  N  value unit …`. The number of
 * processors is removed from the names only if all lines end in the same number: with one processor Go prints none, and `size-10` is
 * then part of a name. With `-count` a benchmark has several lines.
 */
export const goBench: Format = (text) => {
  const lines = [...text.matchAll(/^(Benchmark\S*)\s+\d+\s+(\S.*)$/gm)];
  const suffixes = new Set(lines.map(([, name]) => /-\d+$/.exec(name ?? '')?.[0] ?? ''));
  const suffix = suffixes.size === 1 ? ([...suffixes][0] ?? '') : '';
  return lines.map(([, name = '', measurements = '']): Row => {
    const stats: Record<string, Stat> = {};
    const words = measurements.trim().split(/\s+/);
    for (let i = 0; i + 1 < words.length; i += 2) {
      const [value, unit] = [Number(words[i]), words[i + 1] as string];
      if (Number.isFinite(value)) stats[unit] = { value, unit: unit.replace(/\/op$/, '') };
    }
    return { name: name.slice(0, name.length - suffix.length), main: 'ns/op', stats };
  });
};

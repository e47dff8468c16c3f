import { failure, type GateError } from '../../core/errors.ts';
import { convert } from '../../core/units.ts';
import type { FigureName } from '../instruments/figures.ts';
import type { Usage } from '../sessions/execute.ts';
import { type CounterName, counters } from './counters.ts';
import { everyResult, jsonFile, textFile, toolResult } from './file.ts';
import { printedJson, printedMetric, printedText } from './printed.ts';
import { size } from './size.ts';
import {
  type Absence,
  type CountedSource,
  isAbsence,
  type MappedSource,
  type MappingOf,
  type MeasuredSource,
  type Traces,
  type Twice,
} from './source.ts';
import { measured } from './usage.ts';

/**
 * The sources that are written as one word in a contract, such as `cpu`. The schema of the contract, the types, the command line and the
 * reference are generated from this table and from `mappedSources`. A new source needs a row in `usage.ts` or `counters.ts`, or a mapping
 * in a file of its own that is listed here.
 */
export const namedSources: Record<SourceName, MeasuredSource | CountedSource> = { ...measured, ...counters };
export const mappedSources = [printedJson, printedText, printedMetric, jsonFile, textFile, size, toolResult] as const;

export type SourceName = keyof typeof measured | CounterName;
type MappingIn<Row> = Row extends { fields: infer F } ? MappingOf<F> : never;

/** The source of a metric's number, as written in the contract. */
export type Source = SourceName | MappingIn<(typeof mappedSources)[number]>;

/** The part of a metric's description in the contract that a session needs. */
export type Metric = { name: string; unit: string; source: Source };

export const isCounter = (source: Source): source is CounterName =>
  typeof source === 'string' && Object.hasOwn(counters, source);

const isMeasured = (source: Source): source is keyof typeof measured =>
  typeof source === 'string' && Object.hasOwn(measured, source);

/**
 * The row of `mappedSources` that matches a mapping in a contract: every key of the mapping is a field of the row, and the mapping has all
 * required keys and fixed words of the row.
 */
function rowOf(source: Exclude<Source, string>): MappedSource {
  const found = mappedSources.find(({ fields }) => {
    const known = Object.keys(source).every((name) => Object.hasOwn(fields, name));
    const entries = Object.entries(fields);
    return (
      known &&
      entries.every(([name, field]) => {
        const value: unknown = Reflect.get(source, name);
        return 'is' in field ? value === field.is : value !== undefined || 'optional' in field;
      })
    );
  });
  if (!found) throw new Error(`no such source: ${JSON.stringify(source)}`);
  return found;
}

/** The unit of a source, such as `ms`. Empty if the source has no unit, or if the command decides the unit. */
export function unitOf(source: Source): string {
  return typeof source === 'string' ? namedSources[source].unit : rowOf(source).unit;
}

/** Whether a source always gives the same number for the same code. */
export function isExact(source: Source): boolean {
  return typeof source === 'object' && rowOf(source).deterministic === true;
}

/** Whether the number is CPU time or a count of instructions. Other programs on the machine have little effect on such numbers. */
export function isCpuTime(source: Source): boolean {
  if (isCounter(source)) return true;
  return isMeasured(source) && measured[source].needs.every((figure) => figure === 'user_ms' || figure === 'sys_ms');
}

/** Whether the command itself reports the number, in its output or a file. Such a command could report a false number. */
export function isReported(source: Source): boolean {
  return typeof source === 'object' && rowOf(source) !== size;
}

/** The names and values of the fields of a source that hold a pattern or, with `path`, a path. */
export function fieldsThatHold(what: 'pattern' | 'path', source: Source): [name: string, value: string][] {
  if (typeof source === 'string') return [];
  const { fields } = rowOf(source);
  return Object.entries(source).filter(([name]) => {
    const field = fields[name];
    return field && 'holds' in field && field.holds === what;
  });
}

/**
 * The numbers of all metrics after one execution, each in the unit of its metric. Metrics that counters measure in separate executions are
 * left out. A missing number is never 0: the first missing or ambiguous number is returned as an error (`metric_missing`, `metric_twice`),
 * and the execution counts as failed.
 */
export async function readMetrics(
  metrics: readonly Metric[],
  traces: Traces,
): Promise<{ values: Record<string, number> } | { error: GateError }> {
  const values: [name: string, value: number][] = [];
  for (const metric of metrics) {
    if (isCounter(metric.source)) continue;
    const every = everyResult(metric.source, traces, metric.unit);
    if (every && isAbsence(every)) return { error: failure('metric_missing', { metric: metric.name, ...every }) };
    if (every) values.push(...every);
    if (every) continue;
    const read = await readMetric(metric, traces);
    if (typeof read === 'number') values.push([metric.name, read]);
    else if ('first' in read) return { error: failure('metric_twice', { metric: metric.name, ...read }) };
    else return { error: failure('metric_missing', { metric: metric.name, ...read }) };
  }
  return { values: Object.fromEntries(values) };
}

async function readMetric(metric: Metric, traces: Traces): Promise<number | Absence | Twice> {
  const { source, unit } = metric;
  if (typeof source === 'object') return rowOf(source).read(source, traces, unit);
  return (
    measuredValue(metric, traces.usage) ?? {
      expected: source,
      found: 'no number, because a counter measures this source in a separate execution',
    }
  );
}

/**
 * The number of a metric that the instrument measures, in the unit of the metric. Undefined if the instrument does not measure the metric's
 * source.
 */
export function measuredValue({ source, unit }: Metric, usage: Usage): number | Absence | undefined {
  if (!isMeasured(source)) return undefined;
  const row: MeasuredSource = measured[source];
  const value = row.read(usage);
  if (value === null || !Number.isFinite(value))
    return { expected: source, found: `nothing (${row.lacking ?? `${usage.method} does not see it`})` };
  return convert(value, row.unit, unit);
}

/** The figures that the instrument must measure for these metrics. */
export function needs(metrics: readonly Metric[]): { metric: string; figures: readonly FigureName[] }[] {
  return metrics.flatMap(({ name, source }) =>
    isMeasured(source) ? [{ metric: name, figures: measured[source].needs }] : [],
  );
}

/** Whether stdout must be kept for these metrics. */
export function needStdout(metrics: readonly Metric[]): boolean {
  return metrics.some(({ source }) => typeof source === 'object' && 'stdout' in source);
}

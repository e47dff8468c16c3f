import { failure, type GateError } from '../../core/errors.ts';
import { convert } from '../../core/units.ts';
import { formatted } from '../formats/formats.ts';
import type { Quantity } from '../instruments/instrument.ts';
import { builtIn, needOf } from './built-in.ts';
import { fresh } from './file.ts';
import { numberAt } from './json.ts';
import { sizeOf } from './size.ts';
import { type Absence, isCounter, type Metric, type Traces } from './source.ts';
import { numberByPattern, numberOfMetric, type Twice } from './text.ts';

export type { Metric, Source, Traces } from './source.ts';

/**
 * The values of all metrics after one execution, each in the unit of its metric; those that are counted come later. A number that is missing, printed twice
 * differently, or not finite is an error as a value (`metric_missing`, `metric_twice`): the execution failed, and never
 * is it 0.
 */
export async function readMetrics(
  metrics: readonly Metric[],
  traces: Traces,
): Promise<{ values: Record<string, number> } | { error: GateError }> {
  const values: Record<string, number> = {};
  for (const metric of metrics) {
    if (isCounter(metric.source)) continue;
    const read = await readMetric(metric, traces);
    if (typeof read === 'number') values[metric.name] = read;
    else if ('first' in read) return { error: failure('metric_twice', { metric: metric.name, ...read }) };
    else return { error: failure('metric_missing', { metric: metric.name, ...read }) };
  }
  return { values };
}

async function readMetric(metric: Metric, traces: Traces): Promise<number | Absence | Twice> {
  const { source } = metric;
  if (isCounter(source)) return { expected: source, found: 'nothing: it is counted in an execution of its own' };
  if (typeof source === 'string') return builtIn(source, metric, traces.usage);
  if ('size' in source) {
    const bytes = await sizeOf(source.size, source.encoding, traces.cwd);
    return typeof bytes === 'number' ? convert(bytes, 'bytes', metric.unit) : bytes;
  }
  if ('stdout' in source) {
    if (source.stdout === 'json') return numberAt(traces.stdout, source.key, 'stdout');
    if (source.stdout === 'regex') return numberByPattern(traces.stdout, source.pattern, 'stdout');
    return numberOfMetric(traces.stdout, source.key);
  }
  const written = fresh(source.file, traces);
  if (!('text' in written)) return written;
  if ('format' in source) return formatted(written.text, source, metric.unit);
  if ('key' in source) return numberAt(written.text, source.key, source.file);
  return numberByPattern(written.text, source.pattern, source.file);
}

/** What the instrument must see for these metrics; wall time always is. */
export function needs(metrics: readonly Metric[]): { metric: string; needs: Quantity }[] {
  return metrics.flatMap(({ name, source }) =>
    typeof source === 'string' && !isCounter(source) ? [{ metric: name, needs: needOf(source) }] : [],
  );
}

/** Whether stdout must be kept for these metrics. */
export function needStdout(metrics: readonly Metric[]): boolean {
  return metrics.some(({ source }) => typeof source === 'object' && 'stdout' in source);
}

import { unitsLike } from '../../core/units.ts';
import { fieldsThatHold, type Source, unitOf } from '../../measure/sources/sources.ts';
import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { isDeterministic, type Metric, metricsWithPaths } from '../schema/metrics.ts';

type Path = Issue['path'];

/** Checks that names are distinct, units fit their sources, patterns can find a number, and tolerances can be judged. */
export function metricRules({ metrics }: Contract): Issue[] {
  const all = metricsWithPaths(metrics);
  return [
    ...all.flatMap(({ metric, path }, i) => [
      ...duplicate(
        metric.name,
        all.slice(0, i).map((other) => other.metric.name),
        path,
      ),
      ...unit(metric, path),
      ...patterns(metric.source, [...path, 'source']),
    ]),
    ...metrics.watchdogs.flatMap((watchdog, i) => margin(watchdog, ['metrics', 'watchdogs', i, 'max_regression_pct'])),
  ];
}

function duplicate(name: string, before: string[], path: Path): Issue[] {
  if (!before.includes(name)) return [];
  return [{ path: [...path, 'name'], at: 'value', message: `expected a unique name, found ${name} a second time` }];
}

/**
 * Checks that numbers of a source can be converted to the unit of the metric. Only units of the same kind (such as times) can be converted.
 */
function unit(metric: Metric, path: Path): Issue[] {
  const units = unitsLike(unitOf(metric.source));
  if (units.length === 0 || units.includes(metric.unit)) return [];
  const source = typeof metric.source === 'string' ? metric.source : 'a size';
  const message = `expected one of ${units.join(', ')} for ${source}, found ${metric.unit || 'nothing'}; for example: unit: ${unitOf(metric.source)}`;
  return [{ path: [...path, 'unit'], at: 'value', message }];
}

function patterns(source: Source, path: Path): Issue[] {
  return fieldsThatHold('pattern', source).flatMap(([field, text]) => {
    const groups = groupsOf(text);
    const problem =
      typeof groups === 'string' ? groups : groups > 0 ? '' : 'expected a pattern with a group in brackets, found none';
    if (!problem) return [];
    return [{ path: [...path, field], at: 'value', message: `${problem}; for example: pattern: "p95=([0-9.]+)"` }];
  });
}

/** Checks that the pattern of `same_output` is a valid regular expression. Unlike the pattern of a metric, it needs no group. */
export function outputRule({ guards: { same_output } }: Contract): Issue[] {
  if (typeof same_output !== 'object' || !('regex' in same_output)) return [];
  const groups = groupsOf(same_output.regex);
  return typeof groups === 'string' ? [{ path: ['guards', 'same_output', 'regex'], at: 'value', message: groups }] : [];
}

/**
 * The number of groups in a regular expression, or the reason why the expression is invalid. To count the groups, an empty alternative is
 * added: the expression then matches the empty text, and the match has an entry for every group.
 */
function groupsOf(text: string): number | string {
  try {
    new RegExp(text);
    return (new RegExp(`${text}|`).exec('')?.length ?? 1) - 1;
  } catch (error) {
    return `expected a regular expression (${(error as Error).message.replace(/^.*: /, '')})`;
  }
}

/**
 * Refuses a tolerance of 0 for a metric with noise. Because of noise alone, the metric looks worse in half of all comparisons, so a
 * tolerance of 0 would reject good changes at random.
 */
function margin(watchdog: Contract['metrics']['watchdogs'][number], path: Path): Issue[] {
  if (watchdog.max_regression_pct > 0 || isDeterministic(watchdog)) return [];
  const message = `expected more than 0 for a metric with noise, found 0; for example: max_regression_pct: 5, or deterministic: true`;
  return [{ path, at: 'value', message }];
}

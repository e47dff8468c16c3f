import { mean, sampleStandardDeviation } from 'simple-statistics';
import { failuresCounted } from '../../measure/sessions/failures-counted.ts';
import { unseenDelay } from '../../measure/sessions/unseen-delay.ts';
import { type Metric, measuredValue } from '../../measure/sources/sources.ts';
import { loneWarningText } from '../../report/warnings.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import { median } from '../../stats/robust.ts';
import { armWarnings } from '../../stats/warnings.ts';
import type { Measured, Series } from './measure.ts';
import { type Relative, relativeTo } from './relative.ts';

/**
 * The statistics of one metric of a command, for example of its wall time. `values`: in the order of the executions. `ci95`: the interval
 * of the median.
 */
export type Figures = {
  name: string;
  unit: string;
  values: number[];
  median: number;
  ci95: [number, number] | null;
  mean: number;
  /** The standard deviation. Null for a single sample. */
  sd: number | null;
  min: number;
  max: number;
};

/**
 * The statistics of all executions of one command. CPU times are means over the executions. A field is null if the instrument cannot
 * measure it.
 */
export type Summary = {
  /** The name that the user gave to the command, or else the script of the command. */
  command: string;
  /** The parameters in the command: each name with its value. */
  parameters: Record<string, string>;
  wall: Figures;
  /** Wall time minus the wait for a processor. Null if the instrument cannot measure the wait. */
  undelayed_wall: Figures | null;
  user_ms: number | null;
  sys_ms: number | null;
  /** Peak memory of each execution, in KB. */
  max_rss_kb: number[] | null;
  metrics: Figures[];
  exit_codes: number[];
  warnings: { code: string; text: string }[];
};

/** The statistics of all commands, and the method of the measurement. */
export type SeriesSummary = {
  method: string;
  tree_method: string | null;
  warmup_runs: number;
  order: Series['request']['order'];
  commands: [Summary, ...Summary[]];
  /** For each command after the first: the ratio of its time to the first command's time. */
  relative: Relative[];
  environment: Series['environment'];
  /** Warnings about all figures. */
  warnings: { code: string; text: string }[];
};

const undelayedWall: Metric = { name: 'undelayed_wall_ms', unit: 'ms', source: 'undelayed_wall' };

/** Milliseconds. If an execution is shorter, most of the measured time is the start of the process. */
const shortMs = 5;

/** Summarises the samples of all commands. */
export function seriesSummary({ request, method, commands, environment }: Series): SeriesSummary {
  const [first, ...rest] = commands.map((measured) => summaryOf(measured, request.metrics));
  const all: SeriesSummary['commands'] = [first!, ...rest];
  return {
    method,
    tree_method: commands[0].samples[0]?.tree_method ?? null,
    warmup_runs: Math.max(1, request.execution.warmup),
    order: request.order,
    commands: all,
    relative: relativeTo(first!, rest),
    environment,
    warnings: environment.warnings.map((w) => ({ ...w, text: loneWarningText(w) })),
  };
}

/** Summarises the samples of a command, with warnings. */
function summaryOf({ entrant, samples }: Measured, metrics: readonly Metric[]): Summary {
  const wall = figures(
    'wall_ms',
    'ms',
    samples.map((s) => s.wall_ms),
  );
  const undelayed = samples.flatMap((s) => {
    const value = measuredValue(undelayedWall, s);
    return typeof value === 'number' ? [value] : [];
  });
  const warnings = [
    ...armWarnings('candidate', wall.values),
    ...unseenDelay(metrics, samples),
    ...failuresCounted(samples),
  ];
  return {
    command: entrant.name,
    parameters: entrant.parameters,
    wall,
    undelayed_wall: undelayed.length === samples.length ? figures('undelayed_wall_ms', 'ms', undelayed) : null,
    user_ms: meanOf(samples.map((s) => s.user_ms)),
    sys_ms: meanOf(samples.map((s) => s.sys_ms)),
    max_rss_kb: allOf(samples.map((s) => s.max_rss_kb)),
    metrics: metrics.map(({ name, unit }) =>
      figures(
        name,
        unit,
        samples.map((s) => s.metrics[name]!),
      ),
    ),
    exit_codes: samples.map((s) => s.exit_code),
    warnings: [
      ...warnings.map((w) => ({ ...w, text: loneWarningText(w) })),
      ...(wall.median < shortMs ? [{ code: 'short', text: SHORT }] : []),
    ],
  };
}

const SHORT = `an execution takes less than ${shortMs} ms, and most of this time is the start of the process: repeat the work inside the command`;

function figures(name: string, unit: string, values: number[]): Figures {
  return {
    name,
    unit,
    values,
    median: median(values),
    ci95: medianInterval(values),
    mean: mean(values),
    sd: values.length > 1 ? sampleStandardDeviation(values) : null,
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

/** All values. Null if a value is missing, because the instrument then cannot measure this quantity at all. */
function allOf(values: readonly (number | null)[]): number[] | null {
  const known = values.filter((v) => v !== null);
  return known.length === values.length ? known : null;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = allOf(values);
  return known && mean(known);
}

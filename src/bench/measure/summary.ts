import { mean, sampleStandardDeviation } from 'simple-statistics';
import { unseenDelay } from '../../measure/sessions/unseen-delay.ts';
import { type Metric, measuredValue } from '../../measure/sources/sources.ts';
import { loneWarningText } from '../../report/warnings.ts';
import { medianInterval } from '../../stats/median-interval.ts';
import { median } from '../../stats/robust.ts';
import { armWarnings } from '../../stats/warnings.ts';
import type { Measured } from './measure.ts';

/** A metric in figures: `values` in the order of the runs, `ci95` for the median. */
export type Figures = {
  name: string;
  unit: string;
  values: number[];
  median: number;
  ci95: [number, number] | null;
  mean: number;
  /** The standard deviation; null for a single run. */
  sd: number | null;
  min: number;
  max: number;
};

/** A measured command in figures. CPU times are means over the runs. Null: the instrument cannot measure it. */
export type Summary = {
  command: string;
  method: string;
  tree_method: string | null;
  warmup_runs: number;
  wall: Figures;
  /** Wall time less the waiting for a processor; null where the instrument does not see that. */
  undelayed_wall: Figures | null;
  user_ms: number | null;
  sys_ms: number | null;
  /** Peak memory of each run, in KB. */
  max_rss_kb: number[] | null;
  metrics: Figures[];
  environment: Measured['environment'];
  warnings: { code: string; text: string }[];
};

const undelayedWall: Metric = { name: 'undelayed_wall_ms', unit: 'ms', source: 'undelayed_wall' };

/** Below this, most of the measured time is the start of the process. */
const shortMs = 5;

/** Summarises the samples, with warnings about what makes them less reliable. */
export function summaryOf({ request, method, tree_method, samples, environment }: Measured): Summary {
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
    ...environment.warnings,
    ...unseenDelay(request.metrics, samples),
  ];
  return {
    command: request.script,
    method,
    tree_method,
    warmup_runs: Math.max(1, request.warmup),
    wall,
    undelayed_wall: undelayed.length === samples.length ? figures('undelayed_wall_ms', 'ms', undelayed) : null,
    user_ms: meanOf(samples.map((s) => s.user_ms)),
    sys_ms: meanOf(samples.map((s) => s.sys_ms)),
    max_rss_kb: allOf(samples.map((s) => s.max_rss_kb)),
    metrics: request.metrics.map(({ name, unit }) =>
      figures(
        name,
        unit,
        samples.map((s) => s.metrics[name]!),
      ),
    ),
    environment,
    warnings: [
      ...warnings.map((w) => ({ ...w, text: loneWarningText(w) })),
      ...(wall.median < shortMs ? [{ code: 'short', text: SHORT }] : []),
    ],
  };
}

const SHORT = `a run takes under ${shortMs} ms, mostly for starting a process: repeat the work inside the command`;

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

/** All values, or null if one is missing: an instrument can measure a quantity always or never. */
function allOf(values: readonly (number | null)[]): number[] | null {
  const known = values.filter((v) => v !== null);
  return known.length === values.length ? known : null;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = allOf(values);
  return known && mean(known);
}

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
  /** Its name: as the user gave it, else the script. */
  command: string;
  /** The values that stand in it, by the names of the parameters. */
  parameters: Record<string, string>;
  wall: Figures;
  /** Wall time less the waiting for a processor; null where the instrument does not see that. */
  undelayed_wall: Figures | null;
  user_ms: number | null;
  sys_ms: number | null;
  /** Peak memory of each run, in KB. */
  max_rss_kb: number[] | null;
  metrics: Figures[];
  exit_codes: number[];
  warnings: { code: string; text: string }[];
};

/** What was measured in figures, and how. */
export type SeriesSummary = {
  method: string;
  tree_method: string | null;
  warmup_runs: number;
  order: Series['request']['order'];
  commands: [Summary, ...Summary[]];
  /** How each of the others relates to the first. */
  relative: Relative[];
  environment: Series['environment'];
  /** What makes all figures less reliable. */
  warnings: { code: string; text: string }[];
};

const undelayedWall: Metric = { name: 'undelayed_wall_ms', unit: 'ms', source: 'undelayed_wall' };

/** Below this, most of the measured time is the start of the process. */
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

/** Summarises the samples of a command, with warnings about what makes them less reliable. */
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

import { type Format, field, mean, type Row, type Stat, sampled } from './row.ts';

type Estimates = Record<string, { point_estimate: number } | null>;
type Sample = { iters: number[]; times: number[] };

/**
 * The files of criterion.rs, one benchmark per file, in nanoseconds. `new/sample.json` holds the total times of several groups of
 * iterations, and the number of iterations in each group. `new/estimates.json` holds statistics. perf-gate reads one of these statistics:
 * the slope, which criterion itself prints. If there is no slope, perf-gate reads the mean.
 */
export const criterion: Format = {
  writtenBy: 'criterion.rs: `target/criterion/<benchmark>/new/sample.json` or `estimates.json`',
  samples: 'Pass target/criterion/<benchmark>/new/sample.json; estimates.json and the printed text hold no samples.',
  fits: ({ json }) => isSample(json) || field(field(json, 'mean'), 'point_estimate') !== undefined,
  read: ({ json }): Row[] => {
    if (isSample(json)) {
      const each = json.times.map((time, i) => time / (json.iters[i] ?? Number.NaN));
      return [{ name: 'sample', main: 'mean', stats: { mean: sampled(each, 'ns', mean(each)) } }];
    }
    const stats: Record<string, Stat> = {};
    for (const [name, estimate] of Object.entries(json as Estimates)) {
      if (typeof estimate?.point_estimate === 'number') stats[name] = { value: estimate.point_estimate, unit: 'ns' };
    }
    return [{ name: 'estimates', main: stats.slope ? 'slope' : 'mean', stats }];
  },
};

const isSample = (json: unknown): json is Sample =>
  Array.isArray(field(json, 'times')) && Array.isArray(field(json, 'iters'));

import { type Format, mean, type Stat } from './row.ts';

type Estimates = Record<string, { point_estimate: number } | null>;
type Sample = { iters: number[]; times: number[] };

/**
 * criterion.rs, one benchmark per file, in nanoseconds: `new/estimates.json` (criterion's own headline is the slope, or the mean where
 * there is no slope) or `new/sample.json` (numbers of iterations and their total times).
 */
export const criterion: Format = (text) => {
  const document = JSON.parse(text) as Estimates | Sample;
  if (Array.isArray(document.times) && Array.isArray(document.iters)) {
    const { times, iters } = document as Sample;
    const each = times.map((time, i) => time / (iters[i] ?? Number.NaN));
    return [{ name: 'sample', main: 'mean', stats: { mean: { value: mean(each), unit: 'ns' } } }];
  }
  const stats: Record<string, Stat> = {};
  for (const [name, estimate] of Object.entries(document as Estimates)) {
    if (typeof estimate?.point_estimate === 'number') stats[name] = { value: estimate.point_estimate, unit: 'ns' };
  }
  return [{ name: 'estimates', main: stats.slope ? 'slope' : 'mean', stats }];
};

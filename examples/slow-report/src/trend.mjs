import { percentiles } from './percentile.mjs';

/** For every day, the percentiles of all order values in the `window` days that end with it. */
export function rollingPercentiles(sales, { days, window, ranks }) {
  const byDay = Array.from({ length: days + 1 }, () => []);
  for (const sale of sales) byDay[sale.day].push(sale.cents);

  const trend = [];
  for (let day = window; day <= days; day++) {
    const recent = [];
    for (let d = day - window + 1; d <= day; d++) recent.push(...byDay[d]);
    trend.push({ day, values: percentiles(recent, ranks) });
  }
  return trend;
}

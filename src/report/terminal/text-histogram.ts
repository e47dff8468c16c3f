import { quantity, scaleFor } from '../../core/units.ts';
import { median, robustSd } from '../../stats/robust.ts';
import { binBounds } from '../svg/distribution.ts';
import { columns, type Look } from './look.ts';

/**
 * How often values fell between round bounds, one bin a line, at most about twelve. Values beyond ten standard deviations (robust) are
 * counted in a last line of their own: they would press all others into one bin. Empty for fewer than two distinct values.
 */
export function textHistogram(values: readonly number[], unit: string, look: Look): string {
  const near = without(values);
  if (new Set(near).size < 2) return '';
  const bounds = binBounds(near, mostBins);
  const scale = scaleFor(Math.max(...values.map(Math.abs)), unit);
  const step = (bounds[1]! - bounds[0]!) / scale.per;
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const bins = bounds.slice(1).map((high, i) => ({
    label: `${(bounds[i]! / scale.per).toFixed(digits)} ${scale.unit}`.trim(),
    n: near.filter((v) => v >= bounds[i]! && (v < high || i === bounds.length - 2)).length,
  }));
  const far = values.length - near.length;
  const beyond = values.filter((v) => !near.includes(v));
  const gutter = Math.max(...bins.map((b) => columns(b.label)));
  const width = Math.max(10, Math.min(40, look.width - gutter - 10));
  const most = Math.max(...bins.map((b) => b.n));
  const bar = (n: number) =>
    (look.unicode ? '█' : '#').repeat(n === 0 ? 0 : Math.max(1, Math.round((n / most) * width)));
  const lines = bins.map((b) => `${b.label.padStart(gutter)} ${bar(b.n)}${b.n > 0 ? ` ${b.n}` : ''}`.trimEnd());
  if (far > 0) lines.push(`${far} far out, up to ${quantity(Math.max(...beyond), unit)}`);
  return lines.join('\n');
}

const mostBins = 10;

function without(values: readonly number[]): number[] {
  const centre = median([...values]);
  const sd = robustSd([...values]);
  return sd > 0 ? values.filter((v) => Math.abs(v - centre) <= 10 * sd) : [...values];
}

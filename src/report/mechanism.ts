import { decimal, percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Mechanism } from '../record/data.ts';

const words = {
  confirmed: 'confirmed: the change took away what it was about',
  partly: 'confirmed in part: the place was too small for all that was gained, so something else became faster too',
  not_confirmed: 'not confirmed: what became faster is something else',
  cannot_tell: 'cannot tell: too few samples for a difference of this size',
};

/** `The share of main src/a.js:3 went from 60.0 % (60.0 ms) to 20.0 % (10.0 ms) …: confirmed: …` */
export function mechanismText({ hotspot, before_pct, after_pct, fell_ci95, says, cost }: Mechanism): string {
  const share = (pct: number, amount?: number) =>
    `${percent(pct)}${cost && amount !== undefined ? ` (${quantity(amount, cost.unit)})` : ''}`;
  const range = fell_ci95 ? ` (fell by ${fell_ci95.map((end) => decimal(end)).join(' to ')} points, 95 %)` : '';
  const moved = `from ${share(before_pct, cost?.before)} to ${share(after_pct, cost?.after)}${range}`;
  return `The share of ${hotspot} went ${moved}: ${words[says]}.`;
}

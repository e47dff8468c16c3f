import type { Contract } from '../../contract/schema/contract.ts';
import { percent, signedPercent, significant } from '../../core/figures.ts';
import { duration } from '../../core/units.ts';
import type { Preflight } from '../../record/data.ts';
import { forecastText } from '../asked.ts';
import { code } from './syntax.ts';

/** The pre-flight in words. */
export function preflightText(preflight: Preflight, contract: Contract): string {
  const { name, unit } = contract.metrics.primary;
  const observed = Object.entries(preflight.observed).map(([metric, value]) => `${metric} = ${significant(value, 4)}`);
  const seen = preflight.resolvable_pct;
  return [
    `- exit code: 0, in ${preflight.runs} executions of ${code(contract.repro.script)}`,
    `- observed: ${observed.join(', ')} (${name} in ${unit || 'its own unit'})`,
    `- determinism: ${preflight.output === 'agrees' ? 'the output of all executions agrees' : 'the output was not compared (`guards.same_output` is not set)'}`,
    ...(preflight.spread_pct === null ? [] : [`- spread of the pilot runs: ${percent(preflight.spread_pct)}`]),
    ...(seen === null
      ? []
      : [`- smallest improvement that these runs would show four times in five: ${signedPercent(seen)}`]),
    ...(preflight.forecast ? [`- forecast: with this noise, ${forecastText(preflight.forecast)}`] : []),
    `- cost: at most ${duration(preflight.estimate.minutes_per_attempt * 60)} for an attempt that stays undecided to the end, ${duration(preflight.estimate.minutes_in_all * 60)} for all ${contract.limits.max_attempts} attempts`,
    ...preflight.warnings.map((w) => `- warning: ${w}`),
  ].join('\n');
}

import type { Contract } from '../../contract/schema/contract.ts';
import { percent, signedPercent, significant } from '../../core/figures.ts';
import { duration } from '../../core/units.ts';
import type { Preflight } from '../../record/data.ts';
import { forecastText, seenText } from '../asked.ts';
import { code } from './syntax.ts';

const determinism: Record<Preflight['output'], string> = {
  agrees: 'the output of all executions agrees',
  same: 'all executions printed the same output; a change may print something else, because `guards.same_output` is not set',
  varies: 'the output differs between executions; it is not compared, because `guards.same_output` is not set',
  'not compared': 'the output was not compared, because `guards.same_output` is not set',
};

/** The results of the pre-flight as a list. */
export function preflightText(preflight: Preflight, contract: Contract): string {
  const { name, unit } = contract.metrics.primary;
  const observed = Object.entries(preflight.observed).map(([metric, value]) => `${metric} = ${significant(value, 4)}`);
  const seen = preflight.resolvable_pct;
  return [
    `- exit code: 0, in ${preflight.runs} executions of ${code(contract.repro.script)}`,
    `- observed: ${observed.join(', ')} (${name} in ${unit || 'its own unit'})`,
    `- determinism: ${determinism[preflight.output]}`,
    ...(preflight.spread_pct === null ? [] : [`- spread of the pilot executions: ${percent(preflight.spread_pct)}`]),
    ...(seen === null
      ? []
      : contract.claim === 'no_worse'
        ? [`- with this noise, ${seenText(contract, { improvement_pct: seen, improvement: null })}`]
        : [`- smallest improvement that a session detects with a probability of 80 %: ${signedPercent(seen)}`]),
    ...(preflight.forecast ? [`- forecast: with this noise, ${forecastText(preflight.forecast)}`] : []),
    `- cost: up to ${preflight.estimate.executions_per_attempt} executions per attempt, ${duration(preflight.estimate.minutes_per_attempt * 60)} each attempt, ${duration(preflight.estimate.minutes_in_all * 60)} for all ${contract.limits.max_attempts} attempts; a clear result ends an attempt earlier`,
    ...preflight.warnings.map((w) => `- warning: ${w}`),
  ].join('\n');
}

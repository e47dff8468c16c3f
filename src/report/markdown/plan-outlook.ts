import { decimal, percent } from '../../core/figures.ts';
import { count } from '../../core/text.ts';
import { duration, fromTo, quantity } from '../../core/units.ts';
import type { AlertRule, Plan } from '../plan.ts';
import { block, code, paragraphs, table, text } from './syntax.ts';

/**
 * The assumptions of a plan. `share`: the fraction (0 to 1) of its cost that a step saves if no prediction exists. `days`: the days of work
 * that a small, a medium and a large effort take.
 */
export type Assumed = { share: number; days: { small: number; medium: number; large: number } };

/** The week in which each step is done. */
export function timelineText({ timeline, unit, phases, proof_minutes }: Plan, { days }: Assumed): string {
  if (timeline.length === 0) return 'No step is open.';
  const open = phases.flatMap((phase) => phase.steps).filter((step) => step.measured === null && step.outcome === null);
  const unknown = open.filter((step) => step.effort === null).length;
  const rows = timeline.map(({ week, steps, days: spent, left }) => [
    String(week),
    steps.join(', '),
    decimal(spent),
    text(quantity(left, unit)),
  ]);
  const proof =
    proof_minutes === null
      ? 'the cost of judging a step is unknown before a run'
      : `judging a step takes up to ${duration(proof_minutes * 60)} of machine time`;
  return paragraphs([
    table('rlrr', ['week', 'steps done', 'days of work', 'left'], rows),
    `Assumptions: one person, in this order, with ${decimal(days.small)} days for a small step, ${decimal(days.medium)} for a medium and ${decimal(days.large)} for a large one (\`--days\`)${unknown > 0 ? `; the effort of ${count(unknown, 'step')} is unknown, and counts as medium` : ''}; ${proof}.`,
  ]);
}

/** The metrics to watch, and the alert rules that a monitor loads. */
export function monitoring({ alerts, clock }: Plan): string {
  if (alerts.length === 0)
    return clock.kind === 'none'
      ? 'No rule: an alert needs a time, and this profile contains no times.'
      : 'No rule: an alert needs a real time, and this plan has only the profiler’s times.';
  const rows = alerts.map((r) => [
    code(r.metric),
    `${r.agg} ${r.op} ${r.value}`,
    `${r.window}, for ${r.for}`,
    r.severity,
  ]);
  return paragraphs([
    table('llll', ['metric', 'alert when', 'over', 'severity'], rows),
    'A monitor can load these rules. Their limits describe the program after the last step, so the warnings fire until that step is done.',
    block(alertsYaml(alerts), 'yaml'),
    'Cache hit rates, and other quantities that no run measures, have no rule: their current values are unknown.',
  ]);
}

/** The alert rules as a YAML document. Values are written as JSON, which is valid YAML: in quotes, a name such as `no` stays a text. */
export function alertsYaml(alerts: readonly AlertRule[]): string {
  const rules = alerts.map((rule) => {
    const lines = Object.entries(rule).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    return lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}\n`).join('');
  });
  return rules.length > 0 ? `alerts:\n${rules.join('')}` : 'alerts: []\n';
}

/** A table with the cost of each component and of the whole, now and after the plan. Below the table: the time saved and the throughput. */
export function expectation(plan: Plan): string {
  const { total, expected, unit, target, phases, components } = plan;
  const saved = (before: number, after: number) => percent(before > 0 ? (100 * (before - after)) / before : 0);
  const steps = phases.flatMap((phase) => phase.steps);
  const row = (name: string, before: number, after: number) => [
    name,
    text(fromTo(before, after, unit)),
    saved(before, after),
  ];
  const changed = components.filter((c) => steps.some((step) => step.id === c.id));
  const done = steps.filter((step) => step.measured !== null || step.outcome !== null).length;
  const missing =
    target !== null && expected > target
      ? `The expected total misses the target by ${text(quantity(expected - target, unit))}: ideas with a larger gain than those above are needed.`
      : '';
  return paragraphs([
    table(
      'llr',
      ['component', 'now → expected', 'saved'],
      [...changed.map((c) => row(code(c.id), c.cost, c.expected)), row('**the whole**', total, expected)],
    ),
    `${done} of ${count(steps.length, 'step')} tried so far. ${missing}`.trim(),
    [hours(plan), throughput(plan), unknown]
      .filter(Boolean)
      .map((line) => `- ${line}`)
      .join('\n'),
  ]);
}

function hours({ saved, clock }: Plan): string {
  if (saved) {
    const { calls_a_month: calls, hours_a_month } = saved;
    return `Time saved: ${decimal(hours_a_month)} hours a month (30 days), at ${Math.round(calls).toLocaleString('en-US')} calls a month (\`--calls\`).`;
  }
  const isReal = clock.kind === 'measured' || clock.kind === 'program';
  return isReal
    ? 'Time saved in a month: unknown without a number of calls. Give it with `--calls 2000/day`.'
    : 'Time saved in a month: unknown without a real time.';
}

/** The throughput is assumed to rise as the time falls, unless something else limits the throughput. */
function throughput({ total, expected, clock }: Plan): string {
  if (clock.kind === 'none' || expected <= 0 || expected >= total) return '';
  return `Throughput: one worker that does nothing else would do ${decimal(total / expected, 2)} times as much work in the same time.`;
}

const unknown =
  'Memory, CPU load and failures: not predicted. The watchdogs of a run’s contract measure them with every step.';

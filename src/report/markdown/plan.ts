import { percent } from '../../core/figures.ts';
import { quantity } from '../../core/units.ts';
import type { Plan } from '../plan.ts';
import { calibrationText } from '../proposal.ts';
import { type Assumed, expectation, monitoring, timelineText } from './plan-outlook.ts';
import { phaseText } from './plan-steps.ts';
import { code, paragraphs, table, text } from './syntax.ts';

/** The plan as a document. */
export function planMarkdown(plan: Plan, assumed: Assumed): string {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  return `${paragraphs([
    `# Performance plan: ${text(plan.title)}`,
    overview(plan, assumed),
    '## Where it goes now',
    breakdown(plan),
    plan.bottlenecks.length > 0 && '### Bottlenecks',
    bottlenecks(plan),
    leftOut(plan),
    ...doneText(plan),
    ...plan.phases.flatMap((phase, i) => phaseText(phase, i + 1, plan, steps)),
    '## Timeline',
    timelineText(plan, assumed),
    '## What to monitor afterwards',
    monitoring(plan),
    '## Expected result',
    expectation(plan),
  ])}\n`;
}

function overview(plan: Plan, { share }: Assumed): string {
  const { source, total, unit, target, predictions } = plan;
  const goal = target === null ? '' : ` Target: **${text(quantity(target, unit))}**.`;
  const sentences = [
    `A step without a prediction is expected to save ${percent(100 * share, 0)} of its cost.`,
    calibrationText(predictions),
    'Only measured gains count.',
  ];
  return paragraphs([
    `Now: **${text(quantity(total, unit))}** (${text(source)}).${goal}`,
    clockText(plan),
    sentences.filter(Boolean).join(' '),
  ]);
}

/** A sentence that says where the plan's times come from: a measurement without the profiler, the program itself, or the profiler. */
function clockText({ clock, total, unit }: Plan): string {
  if (clock.kind === 'measured') {
    const by = clock.metric === null ? 'as given with `--measured`' : `measured as ${code(clock.metric)}`;
    const saw = text(quantity(clock.profiled.total, clock.profiled.unit));
    return `The profiler saw ${saw}. Without the profiler the program takes ${text(quantity(total, unit))}, ${by}. The costs in this plan are fractions of that time.`;
  }
  if (clock.kind === 'program') return 'The program measured these times itself.';
  if (clock.kind === 'none') return '';
  const its =
    unit === 'ms'
      ? 'This is the profiler’s own time, and a profiler slows a program down'
      : 'These are samples, not time';
  return `${its}: the real time is unknown. Measure it with \`perf-gate measure\`, and plan again with \`--measured 120ms\`.`;
}

function breakdown({ components, total, unit }: Plan): string {
  const rows = components.map((c) => [
    code(c.id),
    text(quantity(c.cost, unit)),
    percent(c.share_pct),
    c.total_share_pct === null ? '–' : percent(c.total_share_pct),
  ]);
  const others = total - components.reduce((sum, c) => sum + c.cost, 0);
  const rest = ['everything else', text(quantity(others, unit)), percent((100 * others) / total), '–'];
  const head = ['component', 'own cost', 'share', 'with inner components'];
  return table('lrrr', head, others > total / 1000 ? [...rows, rest] : rows);
}

function bottlenecks({ bottlenecks: found, total, unit }: Plan): string {
  const amount = (value: number) => text(quantity(value, unit));
  return found
    .map(({ id, cost, share_pct, why }, i) => {
      const of = `${amount(cost)}, ${percent(share_pct)} of the whole; without this cost, at least ${amount(total - cost)} would remain`;
      return `${i + 1}. **${code(id)}** costs ${of}.${why ? ` Evidence: ${text(why)}.` : ''}`;
    })
    .join('\n');
}

const reasons = {
  protected: 'is in a protected file, which no fix may touch',
  one_sample: 'was seen in a single sample: its cost is unknown',
};

const leftOut = ({ left_out }: Plan) =>
  left_out.map(({ id, because }) => `- No step for ${code(id)}: it ${reasons[because]}.`).join('\n');

function doneText({ done }: Plan): string[] {
  if (done.length === 0) return [];
  const rows = done.map(({ id, expected_pct, assumed, improvement_pct }, i) => [
    String(i + 1),
    code(id),
    expected_pct === null ? '–' : `${percent(expected_pct)}${assumed ? ' (assumed)' : ''}`,
    percent(improvement_pct),
  ]);
  const left = done.reduce((product, { improvement_pct }) => product * (1 - improvement_pct / 100), 1);
  return [
    `## Done: ${percent(100 * (1 - left))} less than at the start`,
    table('rlrr', ['#', 'component', 'expected', 'measured'], rows),
    done.map(({ what }) => `- ${text(what)}`).join('\n'),
  ];
}

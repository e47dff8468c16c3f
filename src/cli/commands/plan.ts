import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Amount, amountText } from '../../core/amount.ts';
import { exit, failure } from '../../core/errors.ts';
import { writeDurable } from '../../core/fs.ts';
import { count } from '../../core/text.ts';
import { areAlike, convert } from '../../core/units.ts';
import { breakdownOfFile, breakdownOfRun } from '../../plan/breakdown.ts';
import { ASSUMED, planOf } from '../../plan/plan.ts';
import { type Days, usualDays } from '../../plan/timeline.ts';
import { planMarkdown } from '../../report/markdown/plan.ts';
import { alertsYaml } from '../../report/markdown/plan-outlook.ts';
import { define } from '../command.ts';
import { amount, rate, text } from '../options.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'plan',
  group: 'look',
  arguments: '[file]',
  summary: 'turn a profile or spans into a plan: costs, steps, expected gains',
  detail:
    'Reads a profile, a file of spans, or the newest profile of a run. Shows each expected gain next to the gain that a run measured, if there is one. After a further run, write the plan again to add its measured gain.',
  example: 'perf-gate plan spans.jsonl --target 100ms --out docs/performance-plan.md',
  options: {
    '--run <run>': text('the run (default: the active or the newest)'),
    '--target <amount>': amount('the goal: an amount that should be left (100ms) or a share to save (30%)'),
    '--measured <time>': amount(
      'the time of one execution without a profiler, such as 120ms (default: the run’s own measurement)',
    ),
    '--value <name>': text('the value to plan by, if the file holds several, such as alloc_space'),
    '--calls <rate>': rate('how often the program runs, such as 2000/day: adds the hours saved per month'),
    '--days <list>': text('working days of a small, a medium and a large step (default 0.5,2,5)'),
    '--title <text>': text('the plan’s title'),
    '--out <file>': text('write the plan to this file'),
    '--alerts <file>': text('write alert rules (YAML) to this file, to monitor the result'),
  },
  silent: true,
  async run({ file, run, value, title, out, alerts, ...given }, tools) {
    const measured_ms = given.measured === undefined ? null : millisecondsOf(given.measured);
    const breakdown = file
      ? await breakdownOfFile(realpathSync(tools.cwd), resolve(tools.cwd, file), measured_ms, value)
      : await ofRun(tools.cwd, run, measured_ms);
    const target = given.target === undefined ? null : targetOf(given.target, breakdown);
    const days = given.days === undefined ? usualDays : daysOf(given.days);
    const calls_a_month = given.calls ?? null;
    const plan = planOf({ ...breakdown, title: title ?? breakdown.title }, { target, days, calls_a_month });
    const markdown = planMarkdown(plan, { share: ASSUMED, days });
    if (out) writeDurable(resolve(tools.cwd, out), markdown);
    if (alerts) writeDurable(resolve(tools.cwd, alerts), alertsYaml(plan.alerts));
    if (tools.json) tools.out(JSON.stringify({ ...plan, file: out ?? null }));
    else if (out) tools.say(`The plan is in ${out}.`);
    else tools.out(markdown.trimEnd());
    if (alerts && !tools.json) tools.say(`${count(plan.alerts.length, 'alert rule')} in ${alerts}.`);
    return exit.done;
  },
});

async function ofRun(cwd: string, named: string | undefined, measured_ms: number | null) {
  const { project, run } = await findRun(cwd, named);
  return breakdownOfRun(project, { run, isNamed: named !== undefined, measured_ms });
}

/** Parses a time such as `120ms`. @throws usage: the text is no time above zero */
function millisecondsOf(asked: Amount): number {
  const unit = asked.kind === 'absolute' ? asked.unit || 'ms' : '%';
  if (asked.value > 0 && areAlike(unit, 'ms')) return convert(asked.value, unit, 'ms');
  throw failure('usage', {
    problem: `--measured is “${amountText(asked)}”, which is not a time.`,
    hint: 'Give the time of one execution without a profiler: --measured 120ms.',
  });
}

/** Parses three numbers of days, such as `0.5,2,5`. @throws usage: the text is not three numbers above zero */
function daysOf(asked: string): Days {
  const [small, medium, large, ...more] = asked.split(',').map(Number);
  if (small! > 0 && medium! > 0 && large! > 0 && more.length === 0)
    return { small: small!, medium: medium!, large: large! };
  throw failure('usage', {
    problem: `--days is “${asked}”.`,
    hint: 'Give the working days of a small, a medium and a large step: --days 0.5,2,5.',
  });
}

/**
 * The amount that should be left, in `unit`. The user gives this amount (`100ms`) or the share to save (`30%`).
 * @throws usage: the target is not below the total
 */
function targetOf(asked: Amount, { total, unit }: { total: number; unit: string }): number {
  const left = asked.kind === 'pct' ? total * (1 - asked.value / 100) : convert(asked.value, asked.unit || unit, unit);
  if (left >= 0 && left < total) return left;
  throw failure('usage', {
    problem: `The target “${amountText(asked)}” is not below the current ${total.toFixed(1)} ${unit}.`,
    hint: 'Give the amount that should be left (--target 100ms) or the share to save (--target 30%).',
  });
}

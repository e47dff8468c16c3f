import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { exit, failure } from '../../core/errors.ts';
import { writeDurable } from '../../core/fs.ts';
import { convert } from '../../core/units.ts';
import { breakdownOfFile, breakdownOfRun } from '../../plan/breakdown.ts';
import { ASSUMED, planOf } from '../../plan/plan.ts';
import { planMarkdown } from '../../report/markdown/plan.ts';
import { type Amount, amountText } from '../amount.ts';
import { define } from '../command.ts';
import { amount, text } from '../options.ts';
import { findRun } from '../terminal/find-run.ts';

export const command = define({
  name: 'plan',
  group: 'look',
  arguments: '[file]',
  summary: 'turn a profile or spans into a plan: costs, steps, expected gains',
  detail:
    'Reads a profile, a file of spans, or the newest profile of a run. Shows what was measured since beside what was expected, so the plan can be written again after every run.',
  example: 'perf-gate plan spans.jsonl --target 100ms --out docs/performance-plan.md',
  options: {
    '--run <run>': text('another run than the active or the newest'),
    '--target <amount>': amount('what should be left, such as 100ms, or saved, such as 30%'),
    '--title <text>': text('the plan’s title'),
    '--out <file>': text('write the document there'),
  },
  silent: true,
  async run({ file, run, target: asked, title, out }, tools) {
    const breakdown = file
      ? await breakdownOfFile(realpathSync(tools.cwd), resolve(tools.cwd, file))
      : await ofRun(tools.cwd, run);
    const target = asked === undefined ? null : targetOf(asked, breakdown);
    const plan = planOf({ ...breakdown, title: title ?? breakdown.title }, target);
    const markdown = planMarkdown(plan, ASSUMED);
    if (out) writeDurable(resolve(tools.cwd, out), markdown);
    if (tools.json) tools.out(JSON.stringify({ ...plan, file: out ?? null }));
    else if (out) tools.say(`The plan is in ${out}.`);
    else tools.out(markdown.trimEnd());
    return exit.done;
  },
});

async function ofRun(cwd: string, named: string | undefined) {
  const { project, run } = await findRun(cwd, named);
  return breakdownOfRun(project, run, named !== undefined);
}

/** What should be left, in `unit`: `100ms` says so, `30%` says what should be saved. @throws usage: not below the total */
function targetOf(asked: Amount, { total, unit }: { total: number; unit: string }): number {
  const left = asked.kind === 'pct' ? total * (1 - asked.value / 100) : convert(asked.value, asked.unit || unit, unit);
  if (left >= 0 && left < total) return left;
  throw failure('usage', {
    problem: `The target “${amountText(asked)}” is not below the ${total.toFixed(1)} ${unit} of now.`,
    hint: 'Give what should be left, such as --target 100ms, or what should be saved, such as --target 30%.',
  });
}

import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { exit, failure } from '../../core/errors.ts';
import { writeDurable } from '../../core/fs.ts';
import { convert } from '../../core/units.ts';
import { breakdownOfFile, breakdownOfRun } from '../../plan/plan.ts';
import { ASSUMED, planOf } from '../../plan/steps.ts';
import { chooseRun } from '../../record/runs.ts';
import { planMarkdown } from '../../report/markdown/plan.ts';
import type { Run } from '../command.ts';
import { textOf } from '../options.ts';
import { projectOf } from '../terminal/project.ts';
import { parseThreshold } from '../threshold.ts';

export const silent = true;

export const run: Run = async ([file], options, tools) => {
  const breakdown = file
    ? await breakdownOfFile(realpathSync(tools.cwd), resolve(tools.cwd, file))
    : await ofRun(tools.cwd, textOf(options, 'run'));
  const target = targetOf(textOf(options, 'target'), breakdown);
  const plan = planOf({ ...breakdown, title: textOf(options, 'title') ?? breakdown.title, target });
  const out = textOf(options, 'out');
  const markdown = planMarkdown(plan, ASSUMED);
  if (out) writeDurable(resolve(tools.cwd, out), markdown);
  if (tools.json) tools.out(JSON.stringify({ ...plan, file: out ?? null }));
  else if (out) tools.say(`The plan is in ${out}.`);
  else tools.out(markdown.trimEnd());
  return exit.done;
};

async function ofRun(cwd: string, named: string | undefined) {
  const project = await projectOf(cwd);
  return breakdownOfRun(project, chooseRun(project, named), named !== undefined);
}

/** `100ms` is what should be left, `30%` what should be saved. */
function targetOf(text: string | undefined, { total, unit }: { total: number; unit: string }): number | null {
  if (text === undefined) return null;
  const asked = parseThreshold(text);
  const left = asked.kind === 'pct' ? total * (1 - asked.value / 100) : convert(asked.value, asked.unit || unit, unit);
  if (left >= 0 && left < total) return left;
  throw failure('usage', {
    problem: `The target “${text}” is not below the ${total.toFixed(1)} ${unit} of now.`,
    hint: 'Give what should be left, such as --target 100ms, or what should be saved, such as --target 30%.',
  });
}

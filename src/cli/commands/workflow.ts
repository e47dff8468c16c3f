import { exit, failure } from '../../core/errors.ts';
import { loadWorkflow } from '../../record/workflow.ts';
import { drawings } from '../../report/draw-workflow.ts';
import type { Run } from '../command.ts';

export const run: Run = async (_, options, tools) => {
  const format = tools.json ? 'json' : (options.format ?? 'table');
  const draw = drawings[format as keyof typeof drawings];
  if (!draw)
    throw failure('usage', {
      problem: `There is no format “${format}”.`,
      hint: `Use one of ${Object.keys(drawings).join(', ')}.`,
    });
  tools.out(draw(loadWorkflow(tools.cwd).definition));
  return exit.done;
};

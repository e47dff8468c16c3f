import { exit } from '../../core/errors.ts';
import { loadWorkflow } from '../../record/workflow.ts';
import { drawings } from '../../report/draw-workflow.ts';
import { define } from '../command.ts';
import { choice } from '../options.ts';
import { projectToBegin } from '../project.ts';

export const command = define({
  name: 'workflow',
  group: 'hooks',
  summary: 'print the workflow: its stages, and the stage that each result leads to',
  example: 'perf-gate workflow --format mermaid',
  options: {
    '--format <format>': choice('table, mermaid or json', Object.keys(drawings) as (keyof typeof drawings)[], {
      otherwise: 'table',
      noun: 'format',
    }),
  },
  silent: true,
  async run({ format }, tools) {
    tools.out(drawings[tools.json ? 'json' : format](loadWorkflow(projectToBegin(tools.cwd)).definition));
    return exit.done;
  },
});

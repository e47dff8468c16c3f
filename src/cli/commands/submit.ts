import { resolve } from 'node:path';
import { exit } from '../../core/errors.ts';
import { stageFacts } from '../../record/stages.ts';
import { isStep } from '../../record/state.ts';
import { submit } from '../../run/engine.ts';
import { runOutcome } from '../../run/outcome.ts';
import { define } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'submit',
  group: 'run',
  arguments: '[file]',
  summary: 'submit the artifact of your stage (default: the draft of `next`)',
  example: 'perf-gate submit',
  run: ({ file }, tools) =>
    withRun('submit', { tools }, async (opened) => {
      const { paths, state } = opened.run;
      await submit(opened, file === undefined ? paths.draft(state.stage) : resolve(tools.cwd, file));
      const after = opened.run.state;
      const last = after.steps.at(-1);
      const skipped = last && isStep(last, 'fix') && last.data.skipped;
      if (tools.json) tools.out(JSON.stringify(runOutcome(after, paths)));
      else
        tools.say(
          `Submitted: ${state.stage} → ${after.stage}${skipped ? ` (skipped: ${skipped})` : ''}. Go on with \`perf-gate ${stageFacts(after.stage).asksApproval ? 'approve' : 'next'}\`.`,
        );
      return exit.done;
    }),
});

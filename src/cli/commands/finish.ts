import { exit, failure } from '../../core/errors.ts';
import { finish } from '../../run/finish.ts';
import type { Run } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const run: Run = (_, options, tools) =>
  withRun('finish', { options, tools, endedToo: true }, async (session) => {
    const { state } = session.run;
    if (!state.ended)
      throw failure('wrong_stage', {
        command: 'finish',
        stage: state.stage,
        needs: 'a run that has ended (`perf-gate next`, or `perf-gate abort`)',
      });
    const finished = await finish(session, { split: options.split === true, sign: options.sign === true });
    if (tools.json) tools.out(JSON.stringify(finished));
    else tools.say(finished.told.join('\n'));
    return exit.done;
  });

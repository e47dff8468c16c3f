import { failure } from '../../core/errors.ts';
import { bindSession } from '../../run/binding.ts';
import { isOver } from '../../run/recover.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { detached, nameOf } from '../terminal/background.ts';
import { drive } from '../terminal/drive.ts';
import type { Tools } from '../terminal/tools.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'resume',
  group: 'run',
  summary: 'go on with the run after a pause, a crash or Ctrl-C',
  example: 'perf-gate resume',
  options: {
    '--detach': flag('go on in the background, and return within seconds'),
    '--adopt': flag('bind the run to the coding agent’s session that calls this command'),
  },
  run: ({ detach, adopt }, tools) =>
    detach ? detached('resume', tools, adopt ? ['--adopt'] : []) : resume(adopt, tools),
});

const resume = (adopt: boolean, tools: Tools) =>
  withRun(nameOf('resume', tools), { tools, endedToo: true }, async (opened, before) => {
    const { state } = opened.run;
    if (isOver(before)) throw failure('no_active_run', { run: state.run, ended: state.ended! });
    if (adopt) bindSession(opened.run, { adopt: true });
    if (opened.run.state.paused) opened.record({ type: 'resumed', by: 'resume' });
    return drive(opened, tools);
  });

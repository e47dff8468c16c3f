import { failure } from '../../core/errors.ts';
import { bindSession } from '../../run/binding.ts';
import { isOver } from '../../run/recover.ts';
import type { Options, Run, Tools } from '../command.ts';
import { detached, nameOf } from '../terminal/detach.ts';
import { drive } from '../terminal/drive.ts';
import { withRun } from '../terminal/with-run.ts';

export const run: Run = (_, options, tools) =>
  options.detach ? detached('resume', tools, options.adopt ? ['--adopt'] : []) : resume(options, tools);

const resume = (options: Options, tools: Tools) =>
  withRun(nameOf('resume', tools), { options, tools, endedToo: true }, async (session, before) => {
    const { state } = session.run;
    if (isOver(before)) throw failure('no_active_run', { run: state.run, ended: state.ended! });
    if (options.adopt) bindSession(session.run, { adopt: true });
    if (session.run.state.paused) session.record({ type: 'resumed', by: 'resume' });
    return drive(session, tools);
  });

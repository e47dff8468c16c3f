import { exit } from '../../core/errors.ts';
import type { Run } from '../command.ts';
import { detached, nameOf } from '../terminal/detach.ts';
import { drive } from '../terminal/drive.ts';
import { withRun } from '../terminal/with-run.ts';

/** Exits with 0 while the run goes on, whatever the verdict of an attempt was; at its end like `start`. */
export const run: Run = (_, options, tools) =>
  options.detach
    ? detached('next', tools)
    : withRun(nameOf('next', tools), { options, tools }, async (session) => {
        const code = await drive(session, tools);
        return session.run.state.ended ? code : exit.done;
      });

import { exit } from '../../core/errors.ts';
import { undo } from '../../run/undo.ts';
import type { Run } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

export const run: Run = ([number], options, tools) =>
  withRun('undo', { options, tools, endedToo: true }, async (session, before) => {
    const undone = await undo(session, Number(number), before);
    if (tools.json) tools.out(JSON.stringify(undone));
    else
      tools.say(
        [
          `Attempt ${undone.attempt} is taken back by ${undone.commit.slice(0, 12)}.`,
          ...undone.left.map((p) => `${p} was changed since, and was left alone.`),
        ].join('\n'),
      );
    return exit.done;
  });

import { exit } from '../../core/errors.ts';
import { endHere } from '../../run/end.ts';
import { finish } from '../../run/finish.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'finish',
  group: 'run',
  summary: 'make the branch ready for review: one commit with the artifacts',
  detail:
    'If the run still waits for the next idea, `finish` ends it and measures the base and the final head once more. perf-gate commits without git hooks and without signatures; --sign signs the last commit. If no attempt was accepted, the original branch is checked out again.',
  example: 'perf-gate finish',
  options: {
    '--split': flag('also make one branch per accepted change, if the changes do not overlap'),
    '--sign': flag('sign the last commit with your git configuration'),
  },
  run: ({ split, sign }, tools) =>
    withRun('finish', { tools, endedToo: true }, async (opened) => {
      if (!opened.run.state.ended) {
        tools.say('No further attempts: the run ends here.');
        await endHere(opened);
      }
      const finished = await finish(opened, { split, sign });
      if (tools.json) tools.out(JSON.stringify(finished));
      else tools.say(finished.told.join('\n'));
      return exit.done;
    }),
});

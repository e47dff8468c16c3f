import { exit, failure } from '../../core/errors.ts';
import { signedPercent } from '../../core/figures.ts';
import { patch } from '../../git/describe.ts';
import { openRepo } from '../../git/repo.ts';
import { reapply } from '../../git/revert.ts';
import { type Attempt, attemptsOf, baseOf } from '../../record/history.ts';
import { chooseRun, readRun } from '../../record/runs.ts';
import type { RunState } from '../../record/state.ts';
import type { Run } from '../command.ts';
import { locked } from '../terminal/with-run.ts';

export const run: Run = async ([action = 'list', number], options, tools) => {
  const repo = await openRepo(tools.cwd);
  const id = chooseRun(repo.project, typeof options.run === 'string' ? options.run : undefined);
  const state = readRun(repo.project, id);
  if (action === 'list') {
    const attempts = attemptsOf(state);
    if (tools.json) tools.out(JSON.stringify({ run: id, attempts }));
    else if (attempts.length === 0) tools.say('No attempt was judged yet.');
    else tools.out(attempts.map(line).join('\n'));
    return exit.done;
  }
  const attempt = find(state, number);
  if (action === 'show') {
    const text = await patch(repo, attempt.base.tree, attempt.snapshot.tree);
    tools.out(tools.json ? JSON.stringify({ ...attempt, patch: text }) : text);
    return exit.done;
  }
  if (action !== 'restore')
    throw failure('usage', {
      problem: `There is no “attempts ${action}”.`,
      hint: 'Use `attempts`, `attempts show N` or `attempts restore N`.',
    });
  return locked(repo, `attempts restore ${number}`, async () => {
    const { applied, left } = await reapply(repo, { base: attempt.base.tree, attempt: attempt.snapshot.tree });
    if (tools.json) tools.out(JSON.stringify({ run: id, attempt: attempt.attempt, applied, left }));
    else
      tools.say(
        [
          `${applied.length} paths of attempt ${attempt.attempt} are in the work tree again.`,
          ...left.map(
            (p) =>
              `${p} is not what the attempt began from (${baseOf(state).commit.slice(0, 12)}), and was left alone.`,
          ),
        ].join('\n'),
      );
    return exit.done;
  });
};

function find(state: RunState, number: string | undefined): Attempt {
  const attempt = Number(number);
  const found = attemptsOf(state).find((a) => a.attempt === attempt);
  if (!found) throw failure('no_such_attempt', { attempt, run: state.run });
  return found;
}

function line(a: Attempt): string {
  const gain = a.primary?.improvement_pct;
  const effect = gain === undefined || gain === null ? '' : signedPercent(gain);
  return `${String(a.attempt).padStart(2)}  ${(a.kept ? a.verdict : a.verdict === 'accepted' ? 'undone' : a.verdict).padEnd(12)} ${effect.padStart(9)}  ${a.hotspot}  ${a.commit?.slice(0, 12) ?? ''}`.trimEnd();
}

import { exit, failure } from '../../core/errors.ts';
import { signedPercent } from '../../core/figures.ts';
import { patch } from '../../git/changes.ts';
import { modesOf } from '../../git/modes.ts';
import { openRepo, type Repo } from '../../git/repo.ts';
import { reapply } from '../../git/revert.ts';
import { type Attempt, attemptsOf, baseOf } from '../../record/history.ts';
import { readRun } from '../../record/read-run.ts';
import { chooseRun } from '../../record/runs.ts';
import type { RunState } from '../../record/state.ts';
import { attemptWords } from '../../report/reasons.ts';
import { locked } from '../../run/run-lock.ts';
import { define } from '../command.ts';
import { text } from '../options.ts';
import { projectOfRuns } from '../project.ts';
import type { Tools } from '../terminal/tools.ts';

export const command = define({
  name: 'attempts',
  group: 'run',
  arguments: '[action] [number]',
  completes: ['list', 'show', 'restore'],
  summary: 'list the attempts; show one as a patch, or restore it',
  detail: '`show N` prints the patch of attempt N, `restore N` applies that patch to the work tree again.',
  example: 'perf-gate attempts show 2',
  options: { '--run <run>': text('the run (default: the active or the newest)') },
  parse({ action = 'list', number, run }) {
    if (action === 'list' || action === 'show' || action === 'restore') return { action, number, run };
    throw failure('usage', {
      problem: `There is no “attempts ${action}”.`,
      hint: 'Use `attempts`, `attempts show N` or `attempts restore N`.',
    });
  },
  async run({ action, number, run }, tools) {
    const repo = await openRepo(projectOfRuns(tools.cwd));
    const state = readRun(repo.project, chooseRun(repo.project, run));
    if (action === 'list') list(state, tools);
    else if (action === 'show') await show(repo, state, find(state, number), tools);
    else await restore(repo, state, find(state, number), tools);
    return exit.done;
  },
});

function list(state: RunState, tools: Tools): void {
  const attempts = attemptsOf(state);
  if (tools.json) tools.out(JSON.stringify({ run: state.run, attempts: attempts.map((a) => attemptWords(state, a)) }));
  else if (attempts.length === 0) tools.say('No attempt has been judged yet.');
  else tools.out(attempts.map(line).join('\n'));
}

async function show(repo: Repo, state: RunState, attempt: Attempt, tools: Tools): Promise<void> {
  const text = await patch(repo, attempt.base.tree, attempt.snapshot.tree);
  tools.out(tools.json ? JSON.stringify({ ...attemptWords(state, attempt), patch: text }) : text);
}

function restore(repo: Repo, state: RunState, attempt: Attempt, tools: Tools): Promise<void> {
  return locked(repo, `attempts restore ${attempt.attempt}`, async () => {
    const { applied, left } = await reapply(repo, {
      base: attempt.base.tree,
      attempt: attempt.snapshot.tree,
      modes: await modesOf(repo, attempt.snapshot.commit),
    });
    if (tools.json) tools.out(JSON.stringify({ run: state.run, attempt: attempt.attempt, applied, left }));
    else
      tools.say(
        [
          `${applied.length} paths of attempt ${attempt.attempt} are in the work tree again.`,
          ...left.map(
            (p) =>
              `${p} differs from the state in which the attempt began (${baseOf(state).commit.slice(0, 12)}), and was left unchanged.`,
          ),
        ].join('\n'),
      );
  });
}

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

import { exit, failure, isFailure } from '../../core/errors.ts';
import { scopingOf } from '../../record/history.ts';
import { stageFacts } from '../../record/stages.ts';
import type { RunState } from '../../record/state.ts';
import { preflightText } from '../../report/markdown/preflight.ts';
import { contractText } from '../../report/terminal/contract-text.ts';
import { approve, mayApprove, runPreflight } from '../../run/approve.ts';
import { consent } from '../../run/consent.ts';
import { runOutcome } from '../../run/outcome.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { askForWord } from '../terminal/prompt.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'approve',
  group: 'run',
  summary: 'approve the contract, as a person; `next` then measures',
  detail: 'Shows what will be measured and tries the commands. In a terminal, also asks whether you approve.',
  example: 'perf-gate approve',
  options: { '--yes': flag('do not ask') },
  run: ({ yes }, tools) =>
    withRun('approve', { tools }, async (opened) => {
      const { state, paths } = opened.run;
      mayApprove(opened.run);
      const commit = state.git.original_commit;
      const word = await consent('a person, with perf-gate approve', { ...opened.run, commit });
      if (stageFacts(state.stage).asksApproval && scopingOf(state).preflight === null) await runPreflight(opened);
      const { contract, preflight, sealed } = scopingOf(opened.run.state);
      if (tools.interactive && !yes) {
        tools.say(`${contractText(contract, sealed)}\n${commandsText(state)}`);
        if (preflight) tools.say(`\nPre-flight:\n${preflightText(preflight, contract)}\n`);
        await mustApprove(state);
      }
      await approve(opened, word);
      if (tools.json) tools.out(JSON.stringify(runOutcome(opened.run.state, paths)));
      else tools.say('Approved and sealed. Begin to measure with `perf-gate next`.');
      return exit.done;
    }),
});

/** Asks for the word “approve”. @throws not_approved: the person typed another word */
async function mustApprove({ run, git }: RunState): Promise<void> {
  const before = git.original_branch ?? git.original_commit.slice(0, 12);
  const refusal = failure('not_approved', { run, branch: git.branch ?? before, before });
  try {
    if ((await askForWord('Approve this contract? (approve/no)', ['approve', 'no'])) === 'no') throw refusal;
  } catch (error) {
    throw isFailure(error, 'cancelled') ? refusal : error;
  }
}

/** The fix and propose commands of the run. The approval also covers these commands, because they can come from another clone. */
function commandsText({ options }: RunState): string {
  const commands = { 'fixes are made by': options.fix_command, 'hotspots are ordered by': options.propose_command };
  const given = Object.entries(commands).filter(([, command]) => command !== null);
  return given.map(([what, command]) => `\n${what}: ${command}`).join('');
}

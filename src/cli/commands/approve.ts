import { contractMarkdown } from '../../contract/markdown.ts';
import { exit, failure } from '../../core/errors.ts';
import { hasContract, scopingOf } from '../../record/history.ts';
import { stageFacts } from '../../record/stages.ts';
import type { RunState } from '../../record/state.ts';
import { preflightText } from '../../report/markdown/preflight.ts';
import { approve, runPreflight } from '../../run/approve.ts';
import { runOutcome } from '../../run/outcome.ts';
import { define } from '../command.ts';
import { flag } from '../options.ts';
import { confirm } from '../terminal/prompt.ts';
import { withRun } from '../terminal/with-run.ts';

export const command = define({
  name: 'approve',
  group: 'run',
  summary: 'approve the contract, as a person; `next` then measures',
  detail: 'Shows what will be measured, tries it, and asks once more if there is a terminal.',
  example: 'perf-gate approve',
  options: { '--yes': flag('do not ask') },
  run: ({ yes }, tools) =>
    withRun('approve', { tools }, async (opened) => {
      const { state, paths } = opened.run;
      if (!hasContract(state)) throw failure('nothing_to_approve');
      if (stageFacts(state.stage).asksApproval && scopingOf(state).preflight === null) await runPreflight(opened);
      const { contract, preflight } = scopingOf(opened.run.state);
      if (tools.interactive && !yes) {
        tools.say(`${contractMarkdown(contract, {})}\n${commandsText(state)}`);
        if (preflight) tools.say(`\nPre-flight:\n${preflightText(preflight, contract)}\n`);
        if (!(await confirm('Approve this contract?'))) throw failure('cancelled');
      }
      await approve(opened, 'a person, with perf-gate approve');
      if (tools.json) tools.out(JSON.stringify(runOutcome(opened.run.state, paths)));
      else tools.say('Approved and sealed. Begin to measure with `perf-gate next`.');
      return exit.done;
    }),
});

/** A run from another clone may bring commands along: the approval covers them too. */
function commandsText({ options }: RunState): string {
  const commands = { 'fixes are made by': options.fix_command, 'hotspots are ordered by': options.propose_command };
  const given = Object.entries(commands).filter(([, command]) => command !== null);
  return given.map(([what, command]) => `\n${what}: ${command}`).join('');
}

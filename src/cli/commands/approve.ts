import { contractMarkdown } from '../../contract/markdown.ts';
import { exit, failure } from '../../core/errors.ts';
import { hasContract, scopingOf } from '../../record/history.ts';
import type { RunState } from '../../record/state.ts';
import { approve, runPreflight } from '../../run/approve.ts';
import { runOutcome } from '../../run/outcome.ts';
import { preflightText } from '../../stages/scoping.ts';
import type { Run } from '../command.ts';
import { withRun } from '../terminal/with-run.ts';

/** For a person: shows what will be measured, tries it, and asks once more where there is a terminal. */
export const run: Run = (_, options, tools) =>
  withRun('approve', { options, tools }, async (session) => {
    const { state, paths } = session.run;
    if (!hasContract(state)) throw failure('nothing_to_approve');
    if (state.stage === 'scoping' && scopingOf(state).preflight === null) await runPreflight(session);
    const { contract, preflight } = scopingOf(session.run.state);
    if (tools.interactive && options.yes !== true) {
      tools.say(`${contractMarkdown(contract, {})}\n${commandsText(state)}`);
      if (preflight) tools.say(`\nPre-flight:\n${preflightText(preflight, contract)}\n`);
      const { confirm } = await import('../terminal/prompt.ts');
      if (!(await confirm('Approve this contract?'))) throw failure('cancelled');
    }
    await approve(session, 'a person, with perf-gate approve');
    if (tools.json) tools.out(JSON.stringify(runOutcome(session.run.state, paths)));
    else tools.say('Approved and sealed. Begin to measure with `perf-gate next`.');
    return exit.done;
  });

/** A run that came from elsewhere brings these along: the approval is for them too. */
function commandsText({ options }: RunState): string {
  const commands = { 'fixes are made by': options.fix_command, 'hotspots are ordered by': options.propose_command };
  const given = Object.entries(commands).filter(([, command]) => command !== null);
  return given.map(([what, command]) => `\n${what}: ${command}`).join('');
}

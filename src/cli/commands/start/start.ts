import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type AgentName, agents, isAgent } from '../../../agent/agents.ts';
import { mustBeInstalled } from '../../../agent/headless.ts';
import { loadContract } from '../../../contract/parse.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import { failure } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { hasContract, scopingOf } from '../../../record/history.ts';
import type { RunOptions } from '../../../record/state.ts';
import { preflightText } from '../../../report/markdown/preflight.ts';
import { approve } from '../../../run/approve.ts';
import { bindSession } from '../../../run/binding.ts';
import type { OpenRun } from '../../../run/open-run.ts';
import { preflight } from '../../../run/preflight.ts';
import { locked } from '../../../run/run-lock.ts';
import { mayStart, startRun } from '../../../run/start.ts';
import { define } from '../../command.ts';
import { choice, flag, text } from '../../options.ts';
import { detached } from '../../terminal/background.ts';
import { drive } from '../../terminal/drive.ts';
import { confirm } from '../../terminal/prompt.ts';
import type { Tools } from '../../terminal/tools.ts';

const doers = ['manual', 'command', 'inline', ...(Object.keys(agents) as AgentName[])] as const;

export const command = define({
  name: 'start',
  group: 'run',
  arguments: '<task>',
  summary: 'begin a run: agree on a contract, measure, and try changes',
  detail:
    'Asks for the contract in the terminal, or takes it from --contract. Nothing is measured before you approve; --yes is that approval for scripts.',
  example: 'perf-gate start "make the report faster" --contract perf-gate.yaml',
  options: {
    '--contract <file>': text('the contract: what is measured, how, and what counts as better'),
    '--yes': flag('approve the contract, and take the engine’s own order of hotspots'),
    '--agent <who>': choice(
      `who has the ideas: manual, command, inline (an agent that calls next and submit), or an installed agent that is called: ${Object.keys(agents).join(', ')}`,
      doers,
      { noun: 'agent' },
    ),
    '--fix-command <command>': text('does a fix: exit 0 done, 10 skipped; the brief comes on stdin'),
    '--propose-command <command>': text('orders the hotspots: edits the draft named in PERF_GATE_ARTIFACT'),
    '--include-dirty': flag('make uncommitted changes the first commit of the run’s branch'),
    '--no-branch': flag('stay on the current branch'),
    '--detach': flag('measure in the background, and return'),
  },
  parse({ task, contract, detach, fixCommand, proposeCommand, ...given }) {
    if (task.trim() === '')
      throw failure('usage', {
        problem: 'The task is empty.',
        hint: 'Say what should be faster: `perf-gate start "make the report faster"`.',
      });
    const agent = given.agent ?? (fixCommand ? 'command' : 'manual');
    if (agent === 'command' && !fixCommand)
      throw failure('usage', {
        problem: '--agent command needs --fix-command.',
        hint: 'Pass the command that does a fix, such as --fix-command "sh fix.sh".',
      });
    const how: Omit<RunOptions, 'contract_file'> = {
      agent,
      fix_command: fixCommand ?? null,
      propose_command: proposeCommand ?? null,
      yes: given.yes,
      include_dirty: given.includeDirty,
      no_branch: given.noBranch,
    };
    return { task, contract, detach, how };
  },
  async run({ task, contract: named, detach, how: asked }, tools) {
    const repo = await openRepo(tools.cwd);
    const file = named === undefined ? null : resolve(tools.cwd, named);
    const how: RunOptions = { ...asked, contract_file: file && insideOf(repo.project, file) };
    if (isAgent(how.agent)) mustBeInstalled(how.agent, tools.env);
    await mayStart(repo, how);
    const contract = await contractFor(task, { file, agent: how.agent }, tools);
    // Before anything is written: a failure here leaves nothing behind.
    const tried = contract && (await preflight(repo, tools, contract));
    const beginning = tried && { contract, preflight: tried.preflight };
    const code = await locked(repo, `start ${task}`, async (lock) => {
      await mayStart(repo, how);
      const opened = await startRun(repo, tools, lock, { task, options: how, beginning });
      tried?.copies.handTo(opened.run.state.run);
      bindSession(opened.run, { adopt: true });
      if (beginning && !how.yes && (await mayMeasure(opened, tools)))
        await approve(opened, 'the person at the terminal');
      return detach ? undefined : drive(opened, tools);
    }).finally(() => tried?.copies.drop());
    return code ?? detached('next', tools);
  },
});

/** From the file or from the interview; null if an agent will write it. @throws contract_needed */
async function contractFor(
  task: string,
  { file, agent }: { file: string | null; agent: RunOptions['agent'] },
  tools: Tools,
): Promise<Contract | null> {
  if (file) return loadContract(file);
  if (isAgent(agent)) return null;
  if (tools.interactive) {
    const { interview } = await import('./interview.ts');
    return interview(task, tools);
  }
  if (agent === 'inline') return null;
  throw failure('contract_needed');
}

/** Shows the pre-flight, and asks the person at the terminal for the approval. Without a terminal, `perf-gate approve` is left to do. */
async function mayMeasure({ run }: OpenRun, tools: Tools): Promise<boolean> {
  const { contract, preflight } = scopingOf(run.state);
  if (hasContract(run.state) && preflight) tools.say(`\nPre-flight:\n${preflightText(preflight, contract)}\n`);
  return tools.interactive && confirm('Approve this contract and begin to measure?');
}

/** The path within the project; null for a file elsewhere, and for a missing one, which is an error when it is read. */
function insideOf(project: string, file: string): string | null {
  if (!existsSync(file)) return null;
  const path = relative(project, realpathSync(file));
  return path.startsWith('..') ? null : path;
}

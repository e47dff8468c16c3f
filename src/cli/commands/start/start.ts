import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { agents, isAgent } from '../../../agent/agents.ts';
import { mustBeInstalled } from '../../../agent/headless.ts';
import { loadContract } from '../../../contract/parse.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import { failure } from '../../../core/errors.ts';
import { openRepo } from '../../../git/repo.ts';
import { hasContract, scopingOf } from '../../../record/history.ts';
import type { RunOptions } from '../../../record/state.ts';
import { approve } from '../../../run/approve.ts';
import { bindSession } from '../../../run/binding.ts';
import type { Session } from '../../../run/open-run.ts';
import { preflight } from '../../../run/preflight.ts';
import { mayStart, startRun } from '../../../run/start.ts';
import { preflightText } from '../../../stages/scoping.ts';
import type { Options, Run, Tools } from '../../command.ts';
import { detached } from '../../terminal/detach.ts';
import { drive } from '../../terminal/drive.ts';
import { locked } from '../../terminal/with-run.ts';

export const run: Run = async ([task = ''], options, tools) => {
  if (task.trim() === '')
    throw failure('usage', {
      problem: 'The task is empty.',
      hint: 'Say what should be faster: `perf-gate start "make the report faster"`.',
    });
  const repo = await openRepo(tools.cwd);
  const file = typeof options.contract === 'string' ? resolve(tools.cwd, options.contract) : null;
  const how = runOptions(options, file && insideOf(repo.project, file));
  if (isAgent(how.agent)) mustBeInstalled(how.agent, tools.env);
  await mayStart(repo, how);
  const contract = await contractFor(task, { file, how }, tools);
  // Before anything is written: what fails here leaves nothing behind.
  const beginning = contract && { contract, preflight: await preflight(repo, tools, contract) };
  const code = await locked(repo, `start ${task}`, async () => {
    await mayStart(repo, how);
    const session = await startRun(repo, tools, { task, options: how, beginning });
    bindSession(session.run, { adopt: true });
    if (beginning && !how.yes && (await mayMeasure(session, tools)))
      await approve(session, 'the person at the terminal');
    return options.detach ? undefined : drive(session, tools);
  });
  return code ?? detached('next', tools);
};

const doers: string[] = ['manual', 'command', 'inline', ...Object.keys(agents)];

function runOptions(options: Options, contract_file: string | null): RunOptions {
  const text = (value: Options[string]) => (typeof value === 'string' ? value : null);
  const fix_command = text(options.fixCommand);
  const agent = text(options.agent) ?? (fix_command ? 'command' : 'manual');
  if (!doers.includes(agent))
    throw failure('usage', { problem: `There is no agent “${agent}”.`, hint: `Use one of ${doers.join(', ')}.` });
  if (agent === 'command' && !fix_command)
    throw failure('usage', {
      problem: '--agent command needs --fix-command.',
      hint: 'Pass the command that does a fix, such as --fix-command "sh fix.sh".',
    });
  return {
    agent: agent as RunOptions['agent'],
    fix_command,
    propose_command: text(options.proposeCommand),
    yes: options.yes === true,
    include_dirty: options.includeDirty === true,
    no_branch: options.branch === false,
    contract_file,
  };
}

/** From the file, from the interview, or later from an agent. */
async function contractFor(
  task: string,
  { file, how }: { file: string | null; how: RunOptions },
  tools: Tools,
): Promise<Contract | null> {
  if (file) return loadContract(file);
  if (isAgent(how.agent)) return null;
  if (tools.interactive) {
    const { interview } = await import('./interview.ts');
    return interview(task, tools);
  }
  if (how.agent === 'inline') return null;
  throw failure('contract_needed');
}

/** The approval by a person who has seen the pre-flight. Without a terminal it is left to `perf-gate approve`. */
async function mayMeasure({ run }: Session, tools: Tools): Promise<boolean> {
  const { contract, preflight } = scopingOf(run.state);
  if (hasContract(run.state) && preflight) tools.say(`\nPre-flight:\n${preflightText(preflight, contract)}\n`);
  if (!tools.interactive) return false;
  const { confirm } = await import('../../terminal/prompt.ts');
  return confirm('Approve this contract and begin to measure?');
}

/** The path within the project; null for a file elsewhere, and for one that is not there (which is told when it is read). */
function insideOf(project: string, file: string): string | null {
  if (!existsSync(file)) return null;
  const path = relative(project, realpathSync(file));
  return path.startsWith('..') ? null : path;
}

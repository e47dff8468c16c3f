import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type AgentName, agents, isAgent } from '../../../agent/agents.ts';
import { mustBeInstalled } from '../../../agent/headless.ts';
import { loadContract } from '../../../contract/parse.ts';
import type { Contract } from '../../../contract/schema/contract.ts';
import { mustAskOne } from '../../../contract/suite.ts';
import { failure, isFailure } from '../../../core/errors.ts';
import { databaseOf, fleetName } from '../../../fleet/names.ts';
import { head, openRepo, type Repo } from '../../../git/repo.ts';
import type { RunOptions } from '../../../record/state.ts';
import { preflightText } from '../../../report/markdown/preflight.ts';
import { approve } from '../../../run/approve.ts';
import { bindSession } from '../../../run/binding.ts';
import { consent } from '../../../run/consent.ts';
import { type Copies, preflight } from '../../../run/preflight.ts';
import { locked } from '../../../run/run-lock.ts';
import { mayStart, startRun } from '../../../run/start.ts';
import { dropDraft } from '../../../scoping/draft.ts';
import { mustSuitElsewhere } from '../../../stages/elsewhere.ts';
import { define } from '../../command.ts';
import { choice, flag, number, text } from '../../options.ts';
import { contractIn, projectToBegin } from '../../project.ts';
import { detached } from '../../terminal/background.ts';
import { drive } from '../../terminal/drive.ts';
import type { Tools } from '../../terminal/tools.ts';
import { databaseOption } from '../fleet/database.ts';
import { type Agreed, agree, whyLeft } from './agree.ts';

const doers = ['manual', 'command', 'inline', ...(Object.keys(agents) as AgentName[])] as const;

export const command = define({
  name: 'start',
  group: 'run',
  arguments: '[task]',
  summary: 'begin a run: agree on a contract, measure, and try changes',
  detail:
    'Takes the contract from --contract or from perf-gate.yaml, else asks the questions for a contract in the terminal. Measuring begins only after you approve; --yes is that approval for scripts.',
  example: 'perf-gate start "make the report faster" --contract perf-gate.yaml',
  options: {
    '--contract <file>': text('the contract: what is measured, how, and what counts as better'),
    '--from-plan <item>': number('take the task and the contract from this item of the plan of `sentinel optimize`', {
      least: 1,
      whole: true,
    }),
    '--yes': flag('approve the contract, and accept perf-gate’s order of hotspots'),
    '--agent <who>': choice(
      `who makes the fixes: manual (you), command, inline (an agent that calls next and submit), or an installed agent that perf-gate calls: ${Object.keys(agents).join(', ')}`,
      doers,
      { noun: 'agent' },
    ),
    '--fix-command <command>': text(
      'the command that makes a fix: it reads the brief on stdin, and exits with 0 (done) or 10 (skipped)',
    ),
    '--propose-command <command>': text(
      'the command that orders the hotspots: it edits the draft named in PERF_GATE_ARTIFACT',
    ),
    '--include-dirty': flag('make uncommitted changes the first commit of the run’s branch'),
    '--no-branch': flag('stay on the current branch'),
    '--detach': flag('measure in the background, and return within seconds'),
    '--on <name>': text('measure on another machine: a class or a host of a fleet'),
    ...databaseOption,
  },
  parse({ task = '', contract, fromPlan, detach, database, fixCommand, proposeCommand, ...given }) {
    if (task.trim() === '' && fromPlan === undefined)
      throw failure('usage', {
        problem: 'The task is empty.',
        hint: 'Name a goal: `perf-gate start "make the report faster"`.',
      });
    if (contract !== undefined && fromPlan !== undefined)
      throw failure('usage', {
        problem: '--contract and --from-plan are both given, but a run has only one contract.',
        hint: 'Give either --contract or --from-plan.',
      });
    const agent = given.agent ?? (fixCommand ? 'command' : 'manual');
    if (agent === 'command' && !fixCommand)
      throw failure('usage', {
        problem: '--agent command needs --fix-command.',
        hint: 'Pass the command that makes a fix, such as --fix-command "sh fix.sh".',
      });
    const how: Omit<RunOptions, 'contract_file'> = {
      agent,
      fix_command: fixCommand ?? null,
      propose_command: proposeCommand ?? null,
      yes: given.yes,
      include_dirty: given.includeDirty,
      no_branch: given.noBranch,
      ...(given.on === undefined ? {} : { on: fleetName(given.on, '--on') }),
    };
    return { task, contract, fromPlan, detach, database, how };
  },
  async run({ task: said, contract: named, fromPlan, detach, database, how: asked }, tools) {
    if (asked.on !== undefined) tools.env.PERF_GATE_DATABASE = databaseOf(database, tools.env);
    const project = projectToBegin(tools.cwd);
    const repo = await openRepo(project);
    const file =
      fromPlan !== undefined ? undefined : named === undefined ? contractIn(project) : resolve(tools.cwd, named);
    const how: RunOptions = { ...asked, contract_file: file ? insideOf(repo.project, file) : null };
    if (isAgent(how.agent)) mustBeInstalled(how.agent, tools.env);
    await mayStart(repo, how);
    const door = { repo, world: tools, commit: (await head(repo)).commit };
    const given = how.yes ? await consent('--yes', door) : null;
    if (repo.project !== realpathSync(tools.cwd)) tools.say(`The project is ${repo.project}.`);
    if (file && named === undefined) tools.say(`The contract is ${file}.`);
    const planned = fromPlan === undefined ? null : await plannedIn(fromPlan, { repo, tools });
    const task = said.trim() === '' && planned ? planned.task : said;
    const agreed = planned
      ? await triedAsPlanned(planned, how.yes, { repo, tools })
      : await agreedOn(task, { file, agent: how.agent, isApproved: how.yes }, { repo, tools });
    if (agreed && how.on !== undefined) mustSuitElsewhere(agreed.contract);
    const code = await locked(repo, `start ${task}`, async (lock) => {
      await mayStart(repo, how);
      const typed = agreed?.isApproved && !given ? await consent('the person at the terminal', door) : null;
      const beginning = agreed && { contract: agreed.contract, preflight: agreed.preflight };
      const opened = await startRun(repo, tools, lock, { task, options: how, beginning, consent: given });
      agreed?.copies.handTo(opened.run.state.run);
      dropDraft(repo.project);
      bindSession(opened.run, { adopt: true });
      if (typed) await approve(opened, typed);
      return detach ? undefined : drive(opened, tools);
    }).finally(() => agreed?.copies.drop());
    return code ?? detached('next', tools);
  },
});

/** The task and the contract for an item in the plan of `sentinel optimize`. */
async function plannedIn(item: number, { repo, tools }: { repo: Repo; tools: Tools }) {
  const { startItem } = await import('../../../sentinel/optimize/start-item.ts');
  const planned = await startItem(item, repo.project, tools);
  for (const note of planned.notes) tools.say(note);
  return planned;
}

/**
 * Tries the planned contract. In a copy of the project, even the unchanged hook can print something else for some events. Then the try
 * fails, and a second contract is tried, which does not check the output for these events.
 */
async function triedAsPlanned(
  { contract, unchecked }: { contract: Contract; unchecked: Contract | null },
  isApproved: boolean,
  place: { repo: Repo; tools: Tools },
): Promise<Agreed> {
  try {
    return await tried(contract, isApproved, place);
  } catch (error) {
    if (unchecked === null || !isFailure(error, 'command_failed')) throw error;
    place.tools.say(
      'For some events, the unchanged hook prints different output in a copy of the project than in the project itself. So perf-gate does not check the hook’s output for these events.',
    );
    return tried(unchecked, isApproved, place);
  }
}

type Wanted = { file: string | undefined; agent: RunOptions['agent']; isApproved: boolean };

/**
 * The contract from the file or from the interview, with its pre-flight. `isApproved`: whether the person at the terminal approved it. Null
 * if an agent will write the contract. No run exists on disk yet, so after a failure only the draft is left.
 * @throws contract_needed, no_run_begun
 */
async function agreedOn(
  task: string,
  { file, agent, isApproved }: Wanted,
  { repo, tools }: { repo: Repo; tools: Tools },
): Promise<Agreed | null> {
  if (file !== undefined) return tried(mustAskOne(loadContract(file), file), isApproved, { repo, tools });
  if (isAgent(agent)) return null;
  if (tools.interactive) return (await import('./scope.ts')).scope(task, repo, tools);
  if (agent === 'inline') return null;
  throw failure('contract_needed');
}

/** Tries a contract. Asks the person at the terminal for the approval, unless the contract is already approved. @throws no_run_begun */
async function tried(
  contract: Contract,
  isApproved: boolean,
  { repo, tools }: { repo: Repo; tools: Tools },
): Promise<Agreed> {
  let copies: Copies | undefined;
  try {
    const checked = { contract, ...(await preflight(repo, tools, contract)) };
    copies = checked.copies;
    const asks = !isApproved && tools.interactive;
    if (asks) {
      const word = await agree(checked, { ...tools, project: repo.project }, ['approve', 'later']);
      return { ...checked, isApproved: word === 'approve' };
    }
    if (!isApproved) tools.say(`\nPre-flight:\n${preflightText(checked.preflight, contract)}\n`);
    return { ...checked, isApproved };
  } catch (error) {
    copies?.drop();
    const why = whyLeft(error);
    throw why === null ? error : failure('no_run_begun', { why, draft: null });
  }
}

/**
 * The path of a file, relative to the project. Null for a file outside of the project, and for a missing file. A missing file causes an
 * error later, when it is read.
 */
function insideOf(project: string, file: string): string | null {
  if (!existsSync(file)) return null;
  const path = relative(project, realpathSync(file));
  return path.startsWith('..') ? null : path;
}

import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { checkContract } from '../../contract/parse.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { failure } from '../../core/errors.ts';
import { count, oneLine, quoted, shellWord } from '../../core/text.ts';
import type { World } from '../../core/world.ts';
import { machineOf } from '../../scoping/machine.ts';
import { recon } from '../../scoping/recon/recon.ts';
import { discover } from '../discover/discover.ts';
import { manifestOf } from '../discover/plugin.ts';
import { readJson } from '../discover/read-json.ts';
import { chooseInput } from '../dry-run/choose-input.ts';
import { readInputs } from '../dry-run/inputs.ts';
import { projectFile } from '../dry-run/project-file.ts';
import { type CommandHook, isRunnable, whyNot } from '../dry-run/runnable.ts';
import type { Hook } from '../hook.ts';
import { readHook } from '../shell/read-hook.ts';
import type { Script } from '../shell/script.ts';
import { sentinelHome } from '../store/home.ts';
import { notRunWords } from '../words.ts';
import { answersOf } from './answers.ts';
import { contractOf } from './contract.ts';
import { type ItemToStart, keptPlan, type PlanToStart } from './keep.ts';
import type { Answer } from './repro.ts';
import { type Trial, tryHook } from './trial.ts';

/** A task, the contract for the task, and notes for the user. */
export type Started = {
  task: string;
  contract: Contract;
  /** The contract without the checks of the hook's output on events other than the measured one. Null if `contract` has no such checks. */
  unchecked: Contract | null;
  notes: string[];
};

/** The length of a long input, in bytes. Few edits contain a text of this length, but many files do. */
const LONG_BYTES = 30_000;

/**
 * Turns an item of the plan into a task with a contract. The contract is for this project, and its command runs the item's hook as Claude
 * Code runs it. The hook is discovered again, because its declaration has possibly changed since the plan was made.
 * @throws no_plan, plan_unreadable, no_plan_item, plan_item_not_measured, hook_gone, hook_elsewhere, hook_not_run, contract_invalid
 */
export async function startItem(number: number, project: string, world: World): Promise<Started> {
  const plan = keptPlan(sentinelHome(world.env));
  const { item, on, hook } = hookOf(number, plan, world);
  const script = await readHook(hook, { project, home: world.env.HOME ?? homedir() });
  mustBeInside(hook, script, { project, item: item.item });
  const chosen = chooseInput(hook, readInputs());
  const input = on === 'irrelevant' ? (chosen?.irrelevant ?? chosen?.usual) : chosen?.usual;
  if (!input)
    throw failure('hook_not_run', {
      hook: hook.id,
      why: notRunWords({ code: 'no_input', event: hook.event, matcher: hook.matcher }),
    });
  const trial = await tryHook(hook, { ...world, cwd: project });
  const found = recon(project, await machineOf(world.env));
  const task = `make the hook ${hook.id} faster`;
  const file = relative(project, projectFile(project) ?? join(project, 'example.txt'));
  const bytes = on === 'long' ? LONG_BYTES : 0;
  const contractWith = (others: readonly Answer[]) =>
    checkContract(
      contractOf(
        { hook: real(hook), input, project, file, bytes },
        { script, trial, usual_ms: on === 'usual' ? (trial?.wall_ms ?? null) : null, others, found, task },
      ),
      `item ${number} of the plan`,
    );
  const isSteady = trial?.isSame === true && !trial.needsNetwork;
  const others = isSteady ? await answersOf(hook, { ...world, cwd: project }) : [];
  return {
    task,
    contract: contractWith(others),
    unchecked: others.length > 0 ? contractWith([]) : null,
    notes: notesOf(item, trial, others.length),
  };
}

/**
 * The hook, with the real path of its plugin's folder. An arm is a copy of the project, and a path through a link could lead out of this
 * copy.
 */
const real = (hook: CommandHook): CommandHook =>
  hook.root !== null && existsSync(hook.root) ? { ...hook, root: realpathSync(hook.root) } : hook;

function hookOf(number: number, plan: PlanToStart, world: World) {
  const item = plan.items.find((one) => one.item === number);
  if (!item) throw failure('no_plan_item', { item: number, items: plan.items.map((one) => one.item) });
  if (item.measured === null) {
    const { title, action, files } = item;
    throw failure('plan_item_not_measured', { item: number, title: oneLine(title), action: oneLine(action), files });
  }
  const { hook: id, on } = item.measured;
  const place = { cwd: plan.project, env: world.env, plugins: plan.plugins ?? undefined };
  const gone = () => failure('hook_gone', { hook: id, place: plan.plugins ?? plan.project });
  if (!existsSync(plan.plugins ?? plan.project)) throw gone();
  const hook = discover(place).hooks.find((one) => one.id === id);
  if (!hook) throw gone();
  if (!isRunnable(hook)) throw failure('hook_not_run', { hook: id, why: notRunWords(whyNot(hook)!) });
  return { item, on, hook };
}

/** @throws hook_elsewhere: the hook belongs to another project, and an optimization run changes only files of its own project */
function mustBeInside(hook: CommandHook, script: Script, { project, item }: { project: string; item: number }): void {
  const folder = folderOf(hook, script);
  const way = relative(realpathSync(project), existsSync(folder) ? realpathSync(folder) : folder);
  if (way !== '..' && !way.startsWith('../') && !isAbsolute(way)) return;
  const [repository, from] = [repositoryOf(folder), sourceOf(hook)];
  throw failure('hook_elsewhere', {
    hook: hook.id,
    folder: oneLine(folder),
    project,
    item,
    repository: repository === null ? null : shellWord(oneLine(repository)),
    from: from === null ? null : quoted(from, 200),
  });
}

/** The folder of the hook's files. It is the plugin's folder or, for a hook in settings, the folder of its script. */
function folderOf({ root, file }: Hook, { commands }: Script): string {
  const script = commands.find(({ target }) => target !== null)?.target?.file;
  return root ?? dirname(script ?? file);
}

function repositoryOf(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? null : repositoryOf(dirname(folder));
}

/** The URL of the repository that a plugin's manifest names. */
function sourceOf({ root }: Hook): string | null {
  const door = root === null ? null : readJson(manifestOf(root));
  const named = door?.state === 'read' ? (door.value as { repository?: unknown } | null)?.repository : null;
  return typeof named === 'string' ? named : null;
}

function notesOf({ title, action, measured }: ItemToStart, trial: Trial | null, others: number): string[] {
  return [
    oneLine(`${title}. ${action}`),
    ...(measured?.on === 'long' ? [`The hook is measured on an event of ${LONG_BYTES / 1000} kB.`] : []),
    ...(measured?.on === 'irrelevant' ? ['The hook is measured on an event that does not concern the hook.'] : []),
    ...(others > 0
      ? [`The hook’s output and exit code must also stay unchanged for ${count(others, 'other event')}.`]
      : []),
    ...(trial?.isSame === false
      ? ['The hook’s output varies, so perf-gate does not compare it. Add a guard to the contract.']
      : []),
    ...(trial?.needsNetwork
      ? ['The hook calls other hosts, so the measured time includes the wait for their answers.']
      : []),
    ...(trial === null
      ? ['No cage is possible on this machine, so perf-gate did not run the hook before it wrote the contract.']
      : []),
  ];
}

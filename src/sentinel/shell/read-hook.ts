import type { Hook } from '../hook.ts';
import { asksEvent } from './asks-event.ts';
import { declaredAt } from './declared.ts';
import { type Loaded, load } from './load.ts';
import { runShell } from './nested.ts';
import type { Frame, Reading, Spot, Value } from './reading.ts';
import { runWords } from './run-command.ts';
import type { Problem, Script, Surroundings } from './script.ts';
import { known, unknown } from './value.ts';
import { walk } from './walk.ts';

/** The largest number of commands and nested parts that are read of one hook. Real hooks have far fewer. */
const MOST_COMMANDS = 20_000;
const MOST_DEPTH = 500;

/**
 * Reads the command of a hook, and the scripts that the command runs or sources, without running anything. Scripts that these scripts run
 * or source are read too. Shell text is parsed. Python and JavaScript texts only give hints. Never throws. Text that cannot be read is
 * listed in `problems`.
 */
export async function readHook(hook: Hook, around: Surroundings): Promise<Script> {
  const { parse, forEachChild } = await import('unbash');
  const declared = declaredAt(hook);
  const files = new Map<string, Loaded>();
  let depth = 0;
  const found: Reading['found'] = {
    commands: new Map(),
    functions: new Map(),
    variables: new Map(),
    texts: [],
    hints: [],
    problems: [],
  };
  const reading: Reading = {
    parse,
    eachChild: forEachChild,
    walk(node, spot) {
      if (depth >= MOST_DEPTH) reading.left = 0;
      if (reading.left <= 0) return;
      depth += 1;
      walk(node, spot, reading);
      depth -= 1;
    },
    load(file) {
      if (!files.has(file)) files.set(file, load(file));
      return files.get(file)!;
    },
    functions: new Map(),
    last: [],
    left: MOST_COMMANDS,
    found,
  };
  if (hook.handler.type === 'command' && hook.handler.shell === 'bash') {
    const { command, args } = hook.handler;
    const spot = beginning(hook, command, declared.line, around, reading);
    if (args === null) runShell(command, spot, reading);
    else runWords([command, ...args], spot, reading);
  }
  // The list `last` can grow in this loop, because a handler of `trap` can set another handler.
  for (let i = 0; i < reading.last.length && i < 100; i++) reading.last[i]!();
  const tooMuch: Problem = {
    code: 'too_much',
    at: declared,
    detail: `more than ${MOST_COMMANDS} commands, or nested too deeply`,
  };
  return {
    around,
    declared,
    commands: [...found.commands.values()],
    functions: [...found.functions.values()],
    variables: [...found.variables.values()],
    texts: found.texts,
    hints: found.hints,
    problems: reading.left <= 0 ? [...found.problems, tooMuch] : found.problems,
  };
}

/** The state of the shell when Claude Code starts a hook, with Claude Code's variables. */
function beginning(hook: Hook, text: string, line: number, { project, home }: Surroundings, reading: Reading): Spot {
  const frame: Frame = { parent: null, shell: true, branch: 'none', guarded: false, ended: false };
  const variables = new Map<string, Value>([
    ['CLAUDE_PROJECT_DIR', known(project)],
    ['HOME', known(home)],
    ['CLAUDE_PLUGIN_DATA', unknown],
  ]);
  if (hook.root !== null) variables.set('CLAUDE_PLUGIN_ROOT', known(hook.root));
  return {
    file: hook.file,
    text,
    lineAt: () => line,
    branch: 'none',
    conditional: false,
    loop: false,
    background: false,
    payload: true,
    told: true,
    frame,
    variables,
    asks: (node, spot) => asksEvent(node, spot, reading),
    args: [],
    within: [],
  };
}

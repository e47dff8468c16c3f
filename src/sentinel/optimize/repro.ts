import { join, relative } from 'node:path';
import { shellWord } from '../../core/text.ts';
import { LINE, textOf } from '../dry-run/fill.ts';
import { type Input, textAt, withTextAt } from '../dry-run/inputs.ts';
import type { CommandHook } from '../dry-run/runnable.ts';
import { clientVariables, type Place, sessionOf } from '../dry-run/session.ts';

/**
 * Placeholders for two paths that are known only when the hook runs in an arm: the project and Claude Code's folder. No real path contains
 * the placeholders, so that only they are replaced later.
 */
const PROJECT = '/@project@';
const CLIENT = '/@client@';

const place: Place = { project: PROJECT, home: CLIENT, client: CLIENT };

/**
 * Replaces the placeholders with variables of the arm's shell. A plugin's data folder then lies in the arm's folder for temporary files.
 */
const inArm = (text: string): string =>
  text.replaceAll(PROJECT, '$PWD').replaceAll(CLIENT, '$' + '{TMPDIR:-/tmp}/claude');

/**
 * The facts from which a contract's command for a hook is made. `file`: the file that the input names, relative to the project. `bytes`:
 * the length to which the field that `input.grows` names is lengthened. 0 leaves the field unchanged.
 */
export type Reproduced = { hook: CommandHook; input: Input; project: string; file: string; bytes: number };

/** The parts of a contract's `repro`. */
export type Repro = { script: string; setup: string; env: Record<string, string> };

/** The parts of a hook's command in an arm. The parts are the same for all events of the hook. */
type Call = {
  exports: string;
  command: string;
  folders: string[];
  env: Record<string, string>;
  /** Turns an input into the event's JSON, with the facts of the session. */
  eventOf(input: Input): string;
};

type Called = Pick<Reproduced, 'hook' | 'project' | 'file'>;

function callOf({ hook, project, file }: Called): Call {
  const session = sessionOf(place, hook.id, 0);
  const moved = { ...hook, root: hook.root === null ? null : join(PROJECT, relative(project, hook.root)) };
  const variables = Object.entries(clientVariables(moved, { session, place, parent: 1000 }));
  const isPlace = ([, value]: [string, string]) => value.includes(PROJECT) || value.includes(CLIENT);
  const exported = variables.filter(isPlace).map(([name, value]) => `${name}=${inArmWord(value)}`);
  return {
    exports: `export ${exported.join(' ')}`,
    command: commandOf(hook),
    folders: [session.folder, session.envFolder, ...(moved.plugin === null ? [] : [dataOf(variables)])],
    env: Object.fromEntries(variables.filter((one) => !isPlace(one))),
    eventOf: (input) => textOf(input, session, { ...place, file: join(PROJECT, file) }),
  };
}

/**
 * The shell text that runs a hook in an arm as Claude Code runs it. The hook's own command gets Claude Code's variables, and an event on
 * its standard input. All paths lead to files of the arm. The text prints the hook's output and exit code, so that perf-gate can compare
 * them between the arms. `hidesPaths`: whether one more process replaces the arm's paths in the output.
 */
export function reproOf({ input, bytes, ...called }: Reproduced, hidesPaths: boolean): Repro {
  const { exports, command, folders, env, eventOf } = callOf(called);
  const isLong = input.grows !== undefined && bytes > 0;
  const { stdin, made } = isLong ? longEvent(input, bytes, eventOf) : event(eventOf(input));
  const [redirected, ...document] = stdin;
  const lines = [`${command} 2>&1 ${redirected}`, ...document, CODE];
  return {
    script: [exports, ...(hidesPaths ? ['{', ...lines, `} | ${hiding}`] : lines)].join('\n'),
    setup: [`mkdir -p ${folders.map(inArmWord).join(' ')}`, ...made].join('\n'),
    env,
  };
}

/** The shell command that prints the hook's exit code after the hook's output. */
const CODE = 'echo "exit code $?"';

/** An event, and the hook's output for it. `text`: the output and `exit code N`, with `PROJECT` instead of the project's path. */
export type Answer = { input: Input; text: string };

/** Shell lines that fail if the hook's output or exit code has changed for one of these events. */
export function checksOf(called: Called, answers: readonly Answer[]): string {
  const { exports, command, eventOf } = callOf(called);
  const each = answers.map(({ input, text }, i) =>
    [
      `answers ${shellWord(`${input.name}, ${i + 1}`)} ${shellWord(text)} <<EVENT`,
      inArm(literal(eventOf(input))),
      'EVENT',
    ].join('\n'),
  );
  return [
    exports,
    'answers() {',
    `  answer=$({ ${command}; ${CODE}; } 2>&1 | ${hiding})`,
    '  [ "$answer" = "$2" ] || { echo "the output or exit code of the hook has changed for the event $1: $answer" >&2; exit 1; }',
    '}',
    ...each,
  ].join('\n');
}

/**
 * How a hook gets its event. `stdin`: a redirection, and the lines of its here-document. `made`: the lines that write the event's file when
 * the arm is made.
 */
type Given = { stdin: [string, ...string[]]; made: string[] };

const event = (text: string): Given => ({ stdin: ['<<EVENT', inArm(literal(text)), 'EVENT'], made: [] });

const GROWN = '@grown@';

/** Shell lines that write a long event into a file when the arm is made. In the contract itself, a long event would be unreadable. */
function longEvent(input: Input, bytes: number, eventOf: (one: Input) => string): Given {
  const text = String(textAt(input.input, input.grows!));
  const whole = eventOf({ ...input, input: withTextAt(input.input, input.grows!, `${text}\n${GROWN}`) });
  const [head = '', tail = ''] = whole.split(GROWN);
  const times = Math.ceil(Math.max(0, bytes - text.length) / LINE.length);
  const printed = (part: string) => `printf %s ${inArmWord(part)}`;
  const line = shellWord(JSON.stringify(LINE).slice(1, -1));
  const file = inArmWord(join(CLIENT, 'event.json'));
  return {
    stdin: [`< ${file}`],
    made: [
      `{ ${printed(head)}`,
      `i=0; while [ $i -lt ${times} ]; do printf %s ${line}; i=$((i + 1)); done`,
      `${printed(tail)}; } > ${file}`,
    ],
  };
}

const dataOf = (variables: readonly [string, string][]) =>
  variables.find(([name]) => name === 'CLAUDE_PLUGIN_DATA')?.[1] ?? CLIENT;

const hiding = 'sed "s|$PWD|PROJECT|g; s|$' + '{TMPDIR:-/tmp}|TEMPORARY|g"';

/** Escapes text for a here-document. */
const literal = (text: string) => text.replace(/[\\$`]/g, '\\$&');

/**
 * Quotes a text as one shell word in which only the placeholders are replaced. The quotes are needed because the name of a plugin's folder
 * can contain any character.
 */
const inArmWord = (text: string) => `"${inArm(literal(text).replaceAll('"', '\\"'))}"`;

/** The variables that Claude Code replaces with paths before a shell reads the command. */
const replaced = /\$\{(CLAUDE_PLUGIN_ROOT|CLAUDE_PLUGIN_DATA|CLAUDE_PROJECT_DIR)\}/g;

/**
 * The command line of a hook, for the arm's shell. Usually, the `/bin/sh` that runs the command replaces Claude Code's variables. It
 * replaces nothing inside single quotes. So in a command with single quotes, the arm's shell replaces the variables first.
 */
function commandOf({ handler: { command, args } }: CommandHook): string {
  if (args !== null) return [command, ...args].map(withVariables).join(' ');
  return `/bin/sh -c ${command.includes("'") ? withVariables(command) : shellWord(command)}`;
}

/** Quotes a text as one shell word in which only Claude Code's variables are replaced. */
const withVariables = (text: string): string =>
  text
    .split(replaced)
    .map((part, i) => (i % 2 === 1 ? `"$${part}"` : part === '' ? '' : shellWord(part)))
    .join('') || "''";

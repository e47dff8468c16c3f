import { join, relative } from 'node:path';
import { shellWord } from '../../core/text.ts';
import { LINE, textOf } from '../dry-run/fill.ts';
import { type Input, textAt, withTextAt } from '../dry-run/inputs.ts';
import type { CommandHook } from '../dry-run/runnable.ts';
import { clientVariables, type Place, sessionOf } from '../dry-run/session.ts';

/** Stand for the project and for the client's folder until the hook runs in an arm: no real path looks like them. */
const PROJECT = '/@project@';
const CLIENT = '/@client@';

const place: Place = { project: PROJECT, home: CLIENT, client: CLIENT };

/** What they are in an arm, where a shell puts the values of variables in. What a plugin keeps lies among the arm's temporary files. */
const inArm = (text: string): string =>
  text.replaceAll(PROJECT, '$PWD').replaceAll(CLIENT, '$' + '{TMPDIR:-/tmp}/claude');

/** A hook as a contract runs it. `file`: the file that the input names, below the project; `bytes`: how long its growing field becomes, 0 to leave it. */
export type Reproduced = { hook: CommandHook; input: Input; project: string; file: string; bytes: number };

/** The parts of a contract's `repro`. */
export type Repro = { script: string; setup: string; env: Record<string, string> };

/** What a hook needs in an arm, whatever its event: lines of shell, and the folders that it finds. */
type Call = {
  exports: string;
  command: string;
  folders: string[];
  env: Record<string, string>;
  /** What it gets on its input, as JSON. */
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
 * A hook as the client runs it, in the arm of a run: its own command, with an event on its input and the client's variables, whose paths are
 * those of the arm. It prints what the hook prints, and its exit code, so that both can be compared. `hidesPaths`: the arm's path is taken
 * out of that, which needs a process more.
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

/** The last line of every answer. */
const CODE = 'echo "exit code $?"';

/** An event, and what a hook answers to it: what it prints, and `exit code N`, with `PROJECT` in the place of the project's path. */
export type Answer = { input: Input; text: string };

/** Lines of shell that fail where a hook answers one of these events otherwise. */
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
    '  [ "$answer" = "$2" ] || { echo "the hook answers another thing to $1: $answer" >&2; exit 1; }',
    '}',
    ...each,
  ].join('\n');
}

/** How a hook gets its event: a redirection with the lines that follow it, and what has to be made before. */
type Given = { stdin: [string, ...string[]]; made: string[] };

const event = (text: string): Given => ({ stdin: ['<<EVENT', inArm(literal(text)), 'EVENT'], made: [] });

const GROWN = '@grown@';

/** A long event is made when the arm is: nobody could read a contract that holds it. */
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

/** What a shell would read in a here-document. */
const literal = (text: string) => text.replace(/[\\$`]/g, '\\$&');

/** One word for a shell, in which nothing but the arm's places is put in: a folder of a plugin may have any name. */
const inArmWord = (text: string) => `"${inArm(literal(text).replaceAll('"', '\\"'))}"`;

/** What the client itself puts in, before a shell reads the command. */
const replaced = /\$\{(CLAUDE_PLUGIN_ROOT|CLAUDE_PLUGIN_DATA|CLAUDE_PROJECT_DIR)\}/g;

/** The command line of a hook. The client's names are left to the variables, but not where a shell would take them literally. */
function commandOf({ handler: { command, args } }: CommandHook): string {
  if (args !== null) return [command, ...args].map(withVariables).join(' ');
  return `/bin/sh -c ${command.includes("'") ? withVariables(command) : shellWord(command)}`;
}

/** One word, with the values of the client's names in it. */
const withVariables = (text: string): string =>
  text
    .split(replaced)
    .map((part, i) => (i % 2 === 1 ? `"$${part}"` : part === '' ? '' : shellWord(part)))
    .join('') || "''";

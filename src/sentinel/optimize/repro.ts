import { join, relative } from 'node:path';
import { shellWord } from '../../core/text.ts';
import { textOf } from '../dry-run/fill.ts';
import type { Input } from '../dry-run/inputs.ts';
import type { CommandHook } from '../dry-run/runnable.ts';
import { clientVariables, type Place, sessionOf } from '../dry-run/session.ts';

/** Stand for the project and for the client's folder until the hook runs in an arm: no real path looks like them. */
const PROJECT = '/@project@';
const CLIENT = '/@client@';

const place: Place = { project: PROJECT, home: CLIENT, client: CLIENT };

/** What they are in an arm, for a shell between double quotes. What a plugin keeps lies among the arm's temporary files. */
const inArm = (text: string): string =>
  text.replaceAll(PROJECT, '$PWD').replaceAll(CLIENT, '$' + '{TMPDIR:-/tmp}/claude');

/** A hook as a contract runs it. `file`: the file that the input names, below the project. */
export type Reproduced = { hook: CommandHook; input: Input; project: string; file: string };

/** The parts of a contract's `repro`. */
export type Repro = { script: string; setup: string; env: Record<string, string> };

/**
 * A hook as the client runs it, in the arm of a run: its own command, with an event on its input and the client's variables, whose paths are
 * those of the arm. It prints what the hook prints, and its exit code, so that both can be compared. `hidesPaths`: the arm's path is taken
 * out of that, which needs a process more.
 */
export function reproOf({ hook, input, project, file }: Reproduced, hidesPaths: boolean): Repro {
  const session = sessionOf(place, hook.id, 0);
  const moved = { ...hook, root: hook.root === null ? null : join(PROJECT, relative(project, hook.root)) };
  const variables = Object.entries(clientVariables(moved, { session, place, parent: 1000 }));
  const isPlace = ([, value]: [string, string]) => value.includes(PROJECT) || value.includes(CLIENT);
  const exported = variables.filter(isPlace).map(([name, value]) => `${name}="${inArm(value)}"`);
  const event = textOf(input, session, { ...place, file: join(PROJECT, file) });
  const lines = [`${commandOf(hook)} 2>&1 <<EVENT`, inArm(literal(event)), 'EVENT', 'echo "exit code $?"'];
  const folders = [session.folder, session.envFolder, ...(moved.plugin === null ? [] : [dataOf(variables)])];
  return {
    script: [`export ${exported.join(' ')}`, ...(hidesPaths ? ['{', ...lines, `} | ${hiding}`] : lines)].join('\n'),
    setup: `mkdir -p ${folders.map((folder) => `"${inArm(folder)}"`).join(' ')}`,
    env: Object.fromEntries(variables.filter((one) => !isPlace(one))),
  };
}

const dataOf = (variables: readonly [string, string][]) =>
  variables.find(([name]) => name === 'CLAUDE_PLUGIN_DATA')?.[1] ?? CLIENT;

const hiding = 'sed "s|$PWD|PROJECT|g; s|$' + '{TMPDIR:-/tmp}|TEMPORARY|g"';

/** What a shell would read in a here-document. */
const literal = (text: string) => text.replace(/[\\$`]/g, '\\$&');

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

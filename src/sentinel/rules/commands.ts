import type { Hook } from '../hook.ts';
import { isBuiltin } from '../shell/builtins.ts';
import type { Command, Place, Script } from '../shell/script.ts';

/** Whether Claude Code runs the hook in the background, so that no user waits for it. */
export const isAsync = ({ handler }: Hook): boolean => handler.type === 'command' && handler.async;

/** The commands of a hook that Claude Code waits for. */
export const waited = (hook: Hook, { commands }: Script): Command[] =>
  isAsync(hook) ? [] : commands.filter(({ background }) => !background);

/** Whether a command starts a process. */
export const isProcess = ({ program, target }: Command): boolean =>
  program !== null && !isBuiltin(program) && target?.how !== 'sourced';

/** The arguments of a command, without its options. */
export const operands = ({ words }: Command): string[] =>
  words.map(({ value, text }) => value ?? text).filter((word) => !/^-./.test(word));

/** The command as a user would type it. */
export const spelled = ({ program, words }: Command): string =>
  [program ?? '…', ...words.map(({ text }) => text)].join(' ');

/** The files and line numbers of the commands, without duplicates. */
export function placesOf(commands: readonly { at: Place }[]): Place[] {
  const places = commands.map(({ at }) => at);
  return places.filter((place, i) => places.findIndex((p) => p.file === place.file && p.line === place.line) === i);
}

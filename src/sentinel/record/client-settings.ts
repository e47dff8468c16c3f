import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { failure, isFailure } from '../../core/errors.ts';
import { writeDurable } from '../../core/fs.ts';
import { oneLine } from '../../core/text.ts';
import { isRecord } from '../discover/declared.ts';
import { readDeclared } from '../discover/read-json.ts';
import { type Path, withItem, withoutValue } from './json-edit.ts';

/** A group of hooks in the settings. Each of perf-gate's own groups contains one command. */
type Group = { hooks: { type: 'command'; command: string; timeout: number }[] };

/** A hook of perf-gate that an event must have. */
export type Wanted = { event: string; group: Group };

/**
 * Changes Claude Code's settings so that they contain exactly the given hooks of perf-gate. Hooks of other programs stay. All other text
 * stays byte for byte, and a link to the settings stays a link. Groups and events that are empty without perf-gate's hooks are removed.
 * `isOurs` recognises perf-gate's commands. Returns whether the file changed.
 * @throws client_settings_invalid, disk errors
 */
export function changeSettings(
  named: string,
  wanted: readonly Wanted[],
  isOurs: (command: string) => boolean,
): boolean {
  if (!existsSync(named) && lstatSync(named, { throwIfNoEntry: false })?.isSymbolicLink())
    throw failure('client_settings_invalid', { file: named, problem: 'it is a link to a file that does not exist' });
  const file = existsSync(named) ? realpathSync(named) : named;
  const before = readSettings(file);
  try {
    const after = changed(before, wanted, isOurs);
    if (after === before) return false;
    if (readSettings(file) !== before)
      throw failure('client_settings_invalid', { file, problem: 'it was just changed' });
    writeDurable(file, after, (statSync(file, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o777);
    return true;
  } catch (error) {
    if (isFailure(error) || !(error instanceof Error) || (error as NodeJS.ErrnoException).syscall) throw error;
    throw failure('client_settings_invalid', { file, problem: oneLine(error.message) });
  }
}

function readSettings(file: string): string {
  const door = readDeclared(file);
  if (door.state === 'refused') throw failure('client_settings_invalid', { file, problem: door.reason });
  if (door.state === 'read' && !isUtf8(readFileSync(file)))
    throw failure('client_settings_invalid', { file, problem: 'it is not UTF-8' });
  return door.state === 'absent' || door.value.trim() === '' ? '{}\n' : door.value;
}

/** @throws Error: the reason why the settings cannot be changed without loss */
function changed(text: string, wanted: readonly Wanted[], isOurs: (command: string) => boolean): string {
  const data: unknown = JSON.parse(text);
  if (!isRecord(data)) throw new Error('it is not an object');
  const { hooks = {} } = data;
  if (!isRecord(hooks)) throw new Error('`hooks` is not an object whose keys are events');
  for (const { event } of wanted)
    if (!Array.isArray(hooks[event] ?? [])) throw new Error(`\`hooks.${event}\` is not a list of groups`);
  const there = handlersIn(data).filter(({ command }) => isOurs(command));
  const fits = ({ event, group }: Wanted) =>
    there.some((one) => one.event === event && isDeepStrictEqual(one.group, group));
  if (there.length === wanted.length && wanted.every(fits)) return text;
  let after = text;
  for (;;) {
    const [first] = handlersIn(JSON.parse(after)).filter(({ command }) => isOurs(command));
    if (!first) break;
    after = checked(after, withoutValue(after, first.path), (all) => dropAt(all, first.path));
  }
  for (const { event, group } of wanted)
    after = checked(after, withItem(after, ['hooks', event], group), (all) => addTo(all, event, group));
  return after;
}

/**
 * Checks that the second text differs from the first only by this change, and returns the second text. Without this check, a fault here
 * could damage a user's settings.
 */
function checked(before: string, after: string, change: (data: Record<string, unknown>) => void): string {
  const expected = JSON.parse(before) as Record<string, unknown>;
  change(expected);
  if (!isDeepStrictEqual(JSON.parse(after), expected))
    throw new Error('it is written in a way that perf-gate cannot edit');
  return after;
}

type Found = { event: string; command: string; group: unknown; path: Path };

/**
 * All commands of hooks. `path`: the part of the settings to remove. It is the command alone or, if nothing else would remain there, the
 * command's group, its event, or all of `hooks`.
 */
function handlersIn(data: unknown): Found[] {
  const hooks = isRecord(data) && isRecord(data.hooks) ? data.hooks : {};
  return Object.entries(hooks).flatMap(([event, groups]) =>
    !Array.isArray(groups)
      ? []
      : groups.flatMap((group: unknown, g) => {
          const handlers: unknown[] = isRecord(group) && Array.isArray(group.hooks) ? group.hooks : [];
          const path: Path =
            groups.length > 1 ? ['hooks', event, g] : Object.keys(hooks).length > 1 ? ['hooks', event] : ['hooks'];
          return handlers.flatMap((handler, h) =>
            isRecord(handler) && typeof handler.command === 'string'
              ? [
                  {
                    event,
                    command: handler.command,
                    group,
                    path: handlers.length > 1 ? ['hooks', event, g, 'hooks', h] : path,
                  },
                ]
              : [],
          );
        }),
  );
}

function dropAt(data: Record<string, unknown>, path: Path): void {
  const holder = path.slice(0, -1).reduce((at, step) => (at as Record<string, unknown>)[step], data as unknown);
  const last = path.at(-1)!;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, unknown>)[last];
}

function addTo(data: Record<string, unknown>, event: string, group: Group): void {
  const hooks = data.hooks as Record<string, unknown[]> | undefined;
  data.hooks = { ...hooks, [event]: [...(hooks?.[event] ?? []), group] };
}

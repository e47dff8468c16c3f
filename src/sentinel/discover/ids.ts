import { basename } from 'node:path';
import { oneLine } from '../../core/text.ts';
import type { Handler } from '../hook.ts';
import type { Draft } from './found.ts';

/**
 * File-name endings of scripts. In `python3 check.py`, the word with such an ending is the script, and the earlier word is the interpreter.
 */
const script = /\.(sh|bash|zsh|py|js|mjs|cjs|ts|mts|rb|pl|php|ps1|cmd|bat)$/;

/**
 * The ids of hooks: `projman/SessionStart/startup-check.sh`. Instead of a script's name, a hook without a script has a number: the position
 * of the hook among the hooks of the same owner and event. If several hooks have the same script, the id of the second ends with `#2`.
 */
export function idsOf(hooks: readonly Draft[]): string[] {
  const inEvent = new Map<string, number>();
  const used = new Map<string, number>();
  return hooks.map((hook) => {
    const place = `${oneLine(ownerOf(hook)) || '?'}/${oneLine(hook.event) || '?'}`;
    const number = next(inEvent, place);
    const id = `${place}/${scriptOf(hook.handler) ?? number}`;
    const times = next(used, id);
    return times === 1 ? id : `${id}#${times}`;
  });
}

function next(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** The owner of a hook: the plugin, the name of a skill or an agent, or the kind of settings. */
function ownerOf({ source, plugin, file }: Draft): string {
  if (source === 'skill') return `skill:${basename(file.slice(0, -'/SKILL.md'.length))}`;
  if (source === 'agent') return `agent:${basename(file, '.md')}`;
  return plugin ?? source;
}

/** The file name of the script that a command runs. Null for an inline command, and for a handler of another type. */
const scriptOf = (handler: Handler): string | null =>
  handler.type === 'command' ? scriptIn(handler.command, handler.args ?? []) : null;

/** The file name of the script in the words of a command. Null for an inline command. */
function scriptIn(command: string, args: readonly string[] = []): string | null {
  const words = [...command.split(/\s+/), ...args].map((word) => word.replace(/["'`;)]/g, ''));
  const named = words.find((word) => script.test(word)) ?? words.find((word) => /^[$~.].*\//.test(word));
  return named === undefined ? null : oneLine(basename(named)) || null;
}

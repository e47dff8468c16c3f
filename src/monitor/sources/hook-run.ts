import { sha256 } from '../../core/hash.ts';
import { cut, oneLine } from '../../core/text.ts';
import type { MonitorEvent, Source } from '../event.ts';
import { commandName } from './command-name.ts';

/** One run of one hook, as a transcript or a debug log tells of it. `command`: null where it does not say. */
export type HookRun = {
  t: number;
  event: string;
  matched: string | null;
  command: string | null;
  plugin: string | null;
  ms: number | null;
  failed: boolean;
  source: Source;
};

/**
 * Makes events of the runs of one session's hooks, in their order. A run is known by its place among those of the same command: a transcript
 * leaves out the silent ones, so that the first ones of a debug log take the place of all that the transcript had.
 */
export function hookEvents(session: string, project: string | null): (run: HookRun) => MonitorEvent {
  const counts = new Map<string, number>();
  return ({ t, event, matched, command, plugin, ms, failed, source }) => {
    const place = oneName(matched ? `${event}:${matched}` : event);
    const handler_hash = command === null ? '' : hashOf(command);
    const key = `${session} ${place} ${handler_hash}`;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    return {
      t,
      kind: 'hook',
      name: `${place} ${command === null ? '(unknown)' : commandName(command)}`,
      duration_ms: ms,
      ok: !failed,
      session,
      prompt: null,
      project,
      plugin: oneName(plugin ?? ''),
      handler_hash,
      source,
      identity: `${key} ${nth}`,
      attributes: {},
    };
  };
}

const oneName = (text: string) => cut(oneLine(text.slice(0, 500)), 100);

/** The plugin's folder is spelled out in some sources, and a variable in others: what is above the script does not count. */
function hashOf(command: string): string {
  const withoutFolders = command.trim().replace(/(["']?)[^\s"']*\/(?=[^\s"'/]+\1(\s|$))/g, '');
  return sha256(withoutFolders.replace(/["']/g, '')).slice(0, 12);
}

import { sha256 } from '../../core/hash.ts';
import { cut, oneLine } from '../../core/text.ts';
import type { MonitorEvent, Source } from '../event.ts';
import { commandName } from './command-name.ts';

/** One execution of one hook, as recorded in a transcript or a debug log. `command`: null if unknown. */
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
 * Returns a function that converts the hook executions of one session to events. It must be called for each execution, in the order of the
 * executions. An execution is identified by its number among the executions of one command. A transcript omits executions without output,
 * so the numbers in a transcript can differ from the numbers in a debug log. This does no harm, because the events of a debug log replace
 * all events of the transcript.
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

/**
 * A hash of a command without the folders of its scripts, because some sources give the plugin's folder as a path and others as a variable.
 */
function hashOf(command: string): string {
  const withoutFolders = command.trim().replace(/(["']?)[^\s"']*\/(?=[^\s"'/]+\1(\s|$))/g, '');
  return sha256(withoutFolders.replace(/["']/g, '')).slice(0, 12);
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurable } from '../../core/fs.ts';
import { asset } from '../../core/locate.ts';
import { shellWord } from '../../core/text.ts';
import { discover } from '../discover/discover.ts';
import { homeOf, type Place } from '../discover/settings.ts';
import type { Dead } from '../hook.ts';
import type { SentinelConfig } from '../store/config.ts';
import { sentinelHome } from '../store/home.ts';
import { openCache } from '../store/open.ts';
import { sentinelPaths } from '../store/paths.ts';
import { changeSettings, type Wanted } from './client-settings.ts';

/** Whether the client calls perf-gate's hook, and what prevents recording anyway. */
export type Recording = {
  on: boolean;
  /** The client's settings file with the hook. */
  settings: string;
  /** The events that have the hook. */
  events: string[];
  /** Why the client never calls it; null if it does. */
  dead: Dead | null;
  /** `metrics.enabled`: if false, the hook does nothing. */
  enabled: boolean;
  /** The script of the hook is missing, so the hook does nothing. */
  gone: boolean;
};

/** A recording, and whether the settings had to be changed. */
export type Switched = Recording & { changed: boolean };

/** In seconds; the client's own limit for hooks at the end of a session is 1.5. */
const TIMEOUT = 5;

/** Whether perf-gate wrote the command, in this or another version, with any data folder. */
const isOurs = (command: string): boolean => /\/perf-gate\/sentinel\/record\.sh'?$/.test(command);

/** The file that such a command reads. */
const scriptIn = (command: string): string => {
  const word = command.slice(command.lastIndexOf(' . ') + 3);
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(`'\\''`, "'") : word;
};

const settingsOf = (place: Place): string => join(homeOf(place), 'settings.json');

/** The recording as a session that starts in this place would find it. */
export function recording(place: Place, { metrics }: SentinelConfig): Recording {
  const ours = discover(place).hooks.flatMap(({ source, handler, event, dead }) =>
    source === 'user' && handler.type === 'command' && isOurs(handler.command)
      ? [{ event, dead, command: handler.command }]
      : [],
  );
  const events = ours.map(({ event }) => event);
  return {
    on: events.includes('SessionEnd'),
    settings: settingsOf(place),
    events,
    dead: ours[0]?.dead ?? null,
    enabled: metrics.enabled,
    gone: ours.some(({ command }) => !existsSync(scriptIn(command))),
  };
}

/**
 * Makes the client call perf-gate's hook when a session ends and, if the user wants messages about slow sessions, when one begins. Writes
 * nothing if the settings already say so.
 * @throws client_settings_invalid, sentinel_home_taken, leads_elsewhere, and disk errors
 */
export function recordOn(place: Place, config: SentinelConfig): Switched {
  const home = sentinelHome(place.env);
  openCache(home);
  const script = sentinelPaths(home).recordScript;
  const written = writeScript(script);
  const file = shellWord(script);
  // Without the file the hook does nothing, and sessions end without an error.
  const hook = { type: 'command', command: `[ ! -r ${file} ] || . ${file}`, timeout: TIMEOUT } as const;
  const events = ['SessionEnd', ...(config.notifications.on_slow_session ? ['SessionStart'] : [])];
  const wanted: Wanted[] = events.map((event) => ({ event, group: { hooks: [hook] } }));
  const changed = changeSettings(settingsOf(place), wanted, isOurs);
  return { ...recording(place, config), changed: changed || written };
}

/**
 * Removes perf-gate's hook from the settings. Recorded sessions stay, and so does the script, which another client folder's settings may
 * call; alone it does nothing.
 * @throws client_settings_invalid, and disk errors
 */
export function recordOff(place: Place, config: SentinelConfig): Switched {
  const changed = changeSettings(settingsOf(place), [], isOurs);
  return { ...recording(place, config), changed };
}

function writeScript(file: string): boolean {
  const text = readFileSync(asset('sentinel/record.sh'), 'utf8');
  if (textIn(file) === text) return false;
  writeDurable(file, text);
  return true;
}

function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

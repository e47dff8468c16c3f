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

/** Whether the client is to call our hook, and what keeps sessions from being recorded all the same. */
export type Recording = {
  on: boolean;
  /** The client's file that says so. */
  settings: string;
  /** On which events. */
  events: string[];
  /** Why the client never calls it; null: nothing does. */
  dead: Dead | null;
  /** `metrics.enabled`: else the hook does nothing. */
  enabled: boolean;
  /** The file that it runs is gone: then it does nothing either. */
  gone: boolean;
};

/** A recording and whether something had to be changed for it. */
export type Switched = Recording & { changed: boolean };

/** Seconds; the client itself gives hooks at the end of a session 1.5. */
const TIMEOUT = 5;

/** Any command that this or another version of us wrote, wherever the data lay then. */
const isOurs = (command: string): boolean => /\/perf-gate\/sentinel\/record\.sh'?$/.test(command);

/** The file that such a command reads. */
const scriptIn = (command: string): string => {
  const word = command.slice(command.lastIndexOf(' . ') + 3);
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(`'\\''`, "'") : word;
};

const settingsOf = (place: Place): string => join(homeOf(place), 'settings.json');

/** As a session would find it that begins in this place. */
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
 * Lets the client call our hook when a session ends, and, where a person wants to be told of slow sessions, when one begins. Nothing is
 * written where all of this is there already.
 * @throws client_settings_invalid, sentinel_home_taken, leads_elsewhere, and disk errors
 */
export function recordOn(place: Place, config: SentinelConfig): Switched {
  const home = sentinelHome(place.env);
  openCache(home);
  const script = sentinelPaths(home).recordScript;
  const written = writeScript(script);
  const file = shellWord(script);
  // Without the file the hook does nothing, and no session ends with an error.
  const hook = { type: 'command', command: `[ ! -r ${file} ] || . ${file}`, timeout: TIMEOUT } as const;
  const events = ['SessionEnd', ...(config.notifications.on_slow_session ? ['SessionStart'] : [])];
  const wanted: Wanted[] = events.map((event) => ({ event, group: { hooks: [hook] } }));
  const changed = changeSettings(settingsOf(place), wanted, isOurs);
  return { ...recording(place, config), changed: changed || written };
}

/**
 * Takes our hook out of the settings again. What was recorded stays, and so does the script, which does nothing alone: the settings of another
 * client's folder may call it. @throws client_settings_invalid, and disk errors
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

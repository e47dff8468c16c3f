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

/** The state of the recording: whether Claude Code calls perf-gate's hook, and whether something prevents the hook from recording. */
export type Recording = {
  on: boolean;
  /** Claude Code's settings file, which contains the hook. */
  settings: string;
  /** The events at which Claude Code calls perf-gate's hook. */
  events: string[];
  /** Why Claude Code never calls the hook. Null if Claude Code calls the hook. */
  dead: Dead | null;
  /** The value of `metrics.enabled`. If false, the hook does nothing. */
  enabled: boolean;
  /** Whether the hook's script is missing. In this case, the hook does nothing. */
  gone: boolean;
};

/** The state of the recording, and whether the settings were changed. */
export type Switched = Recording & { changed: boolean };

/**
 * The hook's time limit in seconds. Without this value, Claude Code would stop the hook after 1.5 seconds, its default at the end of a
 * session.
 */
const TIMEOUT = 5;

/** Whether the command is perf-gate's hook, from any version and for any data folder. */
const isOurs = (command: string): boolean => /\/perf-gate\/sentinel\/record\.sh'?$/.test(command);

/** The script that a command of perf-gate runs. */
const scriptIn = (command: string): string => {
  const word = command.slice(command.lastIndexOf(' . ') + 3);
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(`'\\''`, "'") : word;
};

const settingsOf = (place: Place): string => join(homeOf(place), 'settings.json');

/** The state of the recording for a session that starts in this folder. */
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
 * Makes Claude Code call perf-gate's hook when a session ends. If the user wants messages about slow sessions, Claude Code also calls the
 * hook when a session begins. Writes nothing if the settings already contain the hook.
 * @throws client_settings_invalid, sentinel_home_taken, leads_elsewhere, and disk errors
 */
export function recordOn(place: Place, config: SentinelConfig): Switched {
  const home = sentinelHome(place.env);
  openCache(home);
  const script = sentinelPaths(home).recordScript;
  const written = writeScript(script);
  const file = shellWord(script);
  // The command checks that the script exists, so that sessions end without an error if the script is missing.
  const hook = { type: 'command', command: `[ ! -r ${file} ] || . ${file}`, timeout: TIMEOUT } as const;
  const events = ['SessionEnd', ...(config.notifications.on_slow_session ? ['SessionStart'] : [])];
  const wanted: Wanted[] = events.map((event) => ({ event, group: { hooks: [hook] } }));
  const changed = changeSettings(settingsOf(place), wanted, isOurs);
  return { ...recording(place, config), changed: changed || written };
}

/**
 * Removes perf-gate's hook from the settings. Recorded sessions stay. The script stays too, because the settings of another Claude Code
 * folder possibly call the script.
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

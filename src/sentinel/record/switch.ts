import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFile, writeDurable } from '../../core/fs.ts';
import { asset } from '../../core/locate.ts';
import { shellWord } from '../../core/text.ts';
import { homeOf } from '../discover/settings.ts';
import type { SentinelConfig } from '../store/config.ts';
import { sentinelHome } from '../store/home.ts';
import { openCache } from '../store/open.ts';
import { sentinelPaths } from '../store/paths.ts';
import { changeSettings, ourHooks, type Wanted } from './client-settings.ts';

/** Whether sessions are recorded: the file of settings that says so, and the events on which the client calls us. */
export type Recording = { on: boolean; settings: string; events: string[] };

/** A recording and whether something had to be changed for it. */
export type Switched = Recording & { changed: boolean };

/** Seconds; the client itself gives hooks at the end of a session 1.5. */
const TIMEOUT = 5;

/** Any command that this or another version of us wrote, wherever the data lay then. */
const isOurs = (command: string): boolean => /\/perf-gate\/sentinel\/record\.sh'?$/.test(command);

const settingsOf = (env: NodeJS.ProcessEnv): string => join(homeOf({ cwd: '/', env }), 'settings.json');

export function recording(env: NodeJS.ProcessEnv): Recording {
  const settings = settingsOf(env);
  const events = ourHooks(settings, isOurs);
  return { on: events.includes('SessionEnd'), settings, events };
}

/**
 * Lets the client call our hook when a session ends, and, where a person wants to be told of slow sessions, when one begins. Nothing is
 * written where all of this is there already.
 * @throws client_settings_invalid, sentinel_home_taken, leads_elsewhere, and disk errors
 */
export function recordOn(env: NodeJS.ProcessEnv, { notifications }: SentinelConfig): Switched {
  const home = sentinelHome(env);
  openCache(home);
  const script = sentinelPaths(home).recordScript;
  const written = writeScript(script);
  const file = shellWord(script);
  // Without the file the hook does nothing, and no session ends with an error.
  const hook = { type: 'command', command: `[ ! -r ${file} ] || . ${file}`, timeout: TIMEOUT } as const;
  const events = ['SessionEnd', ...(notifications.on_slow_session ? ['SessionStart'] : [])];
  const wanted: Wanted[] = events.map((event) => ({ event, group: { hooks: [hook] } }));
  const changed = changeSettings(settingsOf(env), wanted, isOurs);
  return { ...recording(env), changed: changed || written };
}

/** Takes our hook out of the settings again. What was recorded stays. @throws client_settings_invalid, and disk errors */
export function recordOff(env: NodeJS.ProcessEnv): Switched {
  const changed = changeSettings(settingsOf(env), [], isOurs);
  removeFile(sentinelPaths(sentinelHome(env)).recordScript);
  return { ...recording(env), changed };
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

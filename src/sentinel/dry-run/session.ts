import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Hook } from '../hook.ts';
import { isSecret } from './secrets.ts';

/** The project, HOME and Claude Code's folder, with their paths as a hook sees them. In a cage of namespaces, hooks see the real paths. */
export type Place = {
  project: string;
  home: string;
  /** The client's own folder: `~/.claude`, or `CLAUDE_CONFIG_DIR`. */
  client: string;
};

/** An invented session of Claude Code: the facts in the inputs and the environment of hooks. */
export type Session = {
  id: string;
  /** The number from which the session's id is made. Hooks store state under this id. */
  number: number;
  /** The folder that contains the session's transcript. */
  folder: string;
  transcript: string;
  /** The folder in which SessionStart hooks can store environment variables. */
  envFolder: string;
  promptId: string;
};

/** The session with this number. The same seed gives the same session. */
export function sessionOf(place: Place, seed: string, number: number): Session {
  const id = uuidOf(`${seed} session ${number}`);
  const folder = join(place.client, 'projects', place.project.replace(/[^A-Za-z0-9]/g, '-'), id);
  return {
    id,
    number,
    folder,
    transcript: join(folder, `${id}.jsonl`),
    envFolder: join(place.client, 'session-env', id),
    promptId: uuidOf(`${seed} prompt ${number}`),
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The first lines of a transcript. */
export const transcriptOf = ({ id }: Session, { project }: Place): string =>
  [
    { type: 'user', message: { role: 'user', content: 'Please make the start page faster.' } },
    { type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: 'I will look at it.' }] } },
  ]
    .map((line) => `${JSON.stringify({ ...line, sessionId: id, cwd: project })}\n`)
    .join('');

/** The data folder of a plugin. */
export const pluginData = (plugin: string, { client }: Place): string =>
  join(client, 'plugins', 'data', (plugin.includes('@') ? plugin : `${plugin}@inline`).replace(/[^\w.-]/g, '-'));

/** Events outside of a turn. Claude Code sets no CLAUDE_EFFORT for their hooks. */
const outsideTurns = new Set(['SessionStart', 'Setup', 'SessionEnd', 'UserPromptSubmit', 'InstructionsLoaded']);

/** The environment variables that Claude Code sets for one hook. `parent`: the id of the process that starts the hook. */
export function clientVariables(
  hook: Hook,
  { session, place, parent }: { session: Session; place: Place; parent: number },
): Record<string, string> {
  const variables: Record<string, string> = {
    CLAUDE_PROJECT_DIR: place.project,
    CLAUDE_CODE_SESSION_ID: session.id,
    CLAUDE_PID: String(parent),
    CLAUDECODE: '1',
    CLAUDE_CODE_CHILD_SESSION: '1',
    CLAUDE_CODE_ENTRYPOINT: 'cli',
    CLAUDE_CODE_SESSION_ATTENDED: '1',
    CLAUDE_CODE_CHILD_NOTES_DIR: join(session.folder, 'notes'),
    CLAUDE_CODE_TMPDIR: '/tmp',
    AI_AGENT: 'claude-code_2-1-329_harness',
  };
  if (!outsideTurns.has(hook.event)) variables.CLAUDE_EFFORT = 'medium';
  if (hook.event === 'SessionStart') variables.CLAUDE_ENV_FILE = join(session.envFolder, 'sessionstart-hook-1.sh');
  if (hook.root !== null) variables.CLAUDE_PLUGIN_ROOT = hook.root;
  if (hook.plugin !== null) variables.CLAUDE_PLUGIN_DATA = pluginData(hook.plugin, place);
  return variables;
}

/**
 * Variables that change how every program is loaded. They would also affect the programs of the cage and of the measurement. So settings
 * cannot set these variables for hooks.
 */
const loads = /^(LD_|DYLD_|GLIBC_|GCONV_PATH|LOCPATH|MALLOC_)/;

/** The variables that settings give to hooks, without secrets. */
export const fromSettings = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => /^\w+$/.test(name) && !loads.test(name) && !isSecret(name)),
  );

/**
 * The environment variables that a hook inherits from the user. Secrets, variables that Claude Code removes, and variables that bypass the
 * sink are left out.
 */
export function inherited(env: NodeJS.ProcessEnv, { home, project }: Place, isReal: boolean): Record<string, string> {
  const left = Object.entries(env).filter(
    ([name]) => !isSecret(name) && !/^(CLAUDE|OTEL_|OLDPWD$|TMPDIR$)/.test(name) && (isReal || !/_proxy$/i.test(name)),
  );
  const kept = env.CLAUDE_CONFIG_DIR === undefined ? {} : { CLAUDE_CONFIG_DIR: env.CLAUDE_CONFIG_DIR };
  return { ...(Object.fromEntries(left) as Record<string, string>), ...kept, HOME: home, PWD: project };
}

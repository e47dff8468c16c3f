import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Forebear } from '../core/lineage.ts';
import { agents } from './agents.ts';

/** Clients for which perf-gate has no adapter set these environment variables for the commands of their agents. */
const others = ['AI_AGENT', 'CURSOR_AGENT'];

const marks = [...Object.values(agents).flatMap((agent) => agent.marks), ...others];
const programs: readonly string[] = Object.values(agents).map(({ program }) => program);

/** Matches programs that run a script. The next word of the command line is the script. */
const interpreter = /^(node|bun|deno|python[\d.]*|(ba|da|z|k)?sh)$/;

/** Whether a process is an agent's client. */
export function isClient({ words: [first = '', second = ''] }: Forebear): boolean {
  const name = basename(first);
  return programs.includes(interpreter.test(name) ? basename(second) : name);
}

/** The environment variable with which a client marks the commands of its agent. Undefined if no client's variable is set. */
export function markOf({ environment }: Forebear): string | undefined {
  return marks.find((name) => environment.some((line) => line.startsWith(`${name}=`) && line.length > name.length + 1));
}

/**
 * Whether a client started the process as a hook of perf-gate's plugin. A client passes a plugin's folder only to hooks, not to its agent's
 * commands.
 */
export function isOurHook({ environment }: Forebear): boolean {
  const name = 'CLAUDE_PLUGIN_ROOT=';
  const root = environment.find((line) => line.startsWith(name))?.slice(name.length);
  if (!root) return false;
  try {
    const manifest = JSON.parse(readFileSync(join(root, '.claude-plugin/plugin.json'), 'utf8')) as { name?: unknown };
    return manifest.name === 'perf-gate';
  } catch {
    return false;
  }
}

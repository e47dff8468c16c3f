import { readUserFile } from '../../core/user-file.ts';
import type { Hook } from '../hook.ts';
import { linesOf } from './lines.ts';
import type { Place } from './script.ts';

/** A longer declaration is no declaration. In bytes. */
const MOST_BYTES = 4 * 1024 ** 2;

/** What makes a handler what it is. */
const keys = {
  command: 'command',
  http: 'url',
  mcp_tool: 'tool',
  prompt: 'prompt',
  agent: 'prompt',
  unknown: 'written',
} as const;

/** The line on which a hook is declared: that of its command below the name of its event; the first one where it cannot be found. */
export function declaredAt({ file, event, handler }: Hook): Place {
  const key = keys[handler.type];
  const value = (handler as Record<string, unknown>)[key];
  try {
    const text = readUserFile(file, MOST_BYTES).toString('utf8');
    const from = Math.max(0, text.indexOf(JSON.stringify(event)));
    const spelled = JSON.stringify(value);
    const at = [text.indexOf(spelled, from), text.indexOf(spelled), from].find((offset) => offset >= 0)!;
    return { file, line: linesOf(text)(at) };
  } catch {
    return { file, line: 1 };
  }
}

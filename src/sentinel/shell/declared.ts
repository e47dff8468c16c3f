import { readUserFile } from '../../core/user-file.ts';
import type { Handler, Hook } from '../hook.ts';
import { linesOf } from './lines.ts';
import type { Place } from './script.ts';

/** The longest declaration that is searched, in bytes. */
const MOST_BYTES = 4 * 1024 ** 2;

/** The text by which a hook is found in the file that declares it. Characters are escaped as in JSON. */
const spelledIn: { [Type in Handler['type']]: (handler: Extract<Handler, { type: Type }>) => string } = {
  command: ({ command }) => JSON.stringify(command),
  http: ({ url }) => JSON.stringify(url),
  mcp_tool: ({ tool }) => JSON.stringify(tool),
  prompt: ({ prompt }) => JSON.stringify(prompt),
  agent: ({ prompt }) => JSON.stringify(prompt),
  unknown: ({ written }) => written,
};

/**
 * The line on which a hook is declared. Searches for the hook's command below the name of the event. If the command is not found, returns
 * the first line of the file.
 */
export function declaredAt({ file, event, handler }: Hook): Place {
  try {
    const text = readUserFile(file, MOST_BYTES).toString('utf8');
    const from = Math.max(0, text.indexOf(JSON.stringify(event)));
    const spelled = spelledIn[handler.type](handler as never);
    const at = [text.indexOf(spelled, from), text.indexOf(spelled), from].find((offset) => offset >= 0)!;
    return { file, line: linesOf(text)(at) };
  } catch {
    return { file, line: 1 };
  }
}

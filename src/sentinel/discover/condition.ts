import { isRecord } from './declared.ts';

/** Tools that edit files: a permission rule for one of these tools can also apply to the others. */
const edits = new Set(['Edit', 'MultiEdit', 'NotebookEdit', 'Write']);

/**
 * Whether an `if` such as `Bash(git *)` or `Edit(*.ts)` holds for a tool's input. Null if this is uncertain, for example if the `if` names
 * a folder.
 */
export function holds(condition: string, tool: string, input: unknown): boolean | null {
  const [, named, pattern] = /^\s*([\w-]+)(?:\((.*)\))?\s*$/s.exec(condition) ?? [];
  if (named === undefined) return null;
  if (named !== tool) return edits.has(named) && edits.has(tool) ? null : false;
  if (pattern === undefined || pattern === '' || pattern === '*') return true;
  const { command, file_path } = isRecord(input) ? input : {};
  if (tool === 'Bash' && typeof command === 'string') return fitsCommand(pattern, command);
  return typeof file_path === 'string' ? fitsFile(pattern, file_path) : null;
}

/**
 * Whether the pattern matches one of the commands in a command line such as `cd src && git push`. Null if the line possibly contains
 * further commands, for example in `$(…)`.
 */
function fitsCommand(pattern: string, command: string): boolean | null {
  if (/[`\n\\]|\$\(|<<|\{/.test(command)) return null;
  const prefix = pattern.endsWith(':*') ? `${pattern.slice(0, -2)}*` : pattern;
  const parts = command.split(/&&|\|\||[;|&]/).map((part) => part.trim());
  return parts.some((part) => isLike(prefix, part) || part === prefix.replace(/ ?\*$/, ''));
}

/**
 * Compares a pattern with a file's name. Null if the pattern contains `/`, `**` or another special character, because the meaning of such a
 * pattern depends on the folder of the settings file.
 */
function fitsFile(pattern: string, path: string): boolean | null {
  if (/[/[\]{}?!\\]|\*\*/.test(pattern)) return null;
  return isLike(pattern, path.slice(path.lastIndexOf('/') + 1));
}

/**
 * Whether a text matches a pattern in which `*` stands for anything. The text is searched only once for each part of the pattern, so that
 * no pattern makes the search slow.
 */
function isLike(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  return parts.slice(1, -1).every((part) => {
    const found = text.indexOf(part, at);
    at = found + part.length;
    return found >= 0 && at <= end;
  });
}

/** A command or a file for which an `if` holds. Null if the `if` is not about a command or a file. */
export function fulfilling(condition: string): { tool: string; field: 'command' | 'file_path'; text: string } | null {
  const [, tool = '', pattern = ''] = /^\s*(Bash|Edit|MultiEdit|Write|Read)\((.+)\)\s*$/.exec(condition) ?? [];
  if (tool === '') return null;
  const field = tool === 'Bash' ? 'command' : 'file_path';
  const text = pattern.replace(/:\*$/, '').replace(/\s\*$/, ' x').replace(/\*+/g, 'x').trim();
  return text === '' ? null : { tool, field, text };
}

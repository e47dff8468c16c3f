import { resolve } from 'node:path';
import { readHints } from './hints.ts';
import { lineCount, linesOf } from './lines.ts';
import { frameIn, ownShell, type Reading, type Spot } from './reading.ts';
import type { Argument } from './record.ts';
import type { Language, Target } from './script.ts';
import { folderOf, hasMoved, known } from './value.ts';

/** The largest length of an argument that is read as a program text, in characters. Longer arguments are data. */
const MOST_TEXT = 64 * 1024;

/**
 * Reads a text that a command runs: `sh -c '…'`, `python3 -c '…'`, `eval '…'`. All lines of the text get the line number of the command.
 * `spot`: the state of the shell in which the text runs.
 */
export function runText(text: string, language: Language, spot: Spot, offset: number, reading: Reading): void {
  const line = spot.lineAt(offset);
  if (text.length > MOST_TEXT) return;
  if (language === 'shell') runShell(text, { ...spot, text, lineAt: () => line }, reading);
  else reading.found.hints.push(...readHints(text, language, { file: spot.file, line }, false));
}

/** Walks a shell text. A syntax error is recorded, and reading continues with the rest of the text. */
export function runShell(text: string, spot: Spot, reading: Reading): void {
  const tree = reading.parse(text);
  const error = tree.errors?.[0];
  if (error) {
    const at = { file: spot.file, line: spot.lineAt(error.pos) };
    reading.found.problems.push({ code: 'syntax', at, detail: error.message });
  }
  reading.walk(tree, spot);
}

type FileRun = { how: Target['how']; language: Language | null; args: readonly Argument[] };

/** The script file that a command runs. Null if the file's path is unknown. */
export function runFile(word: Argument, { how, language, args }: FileRun, spot: Spot, reading: Reading): Target | null {
  const folder = folderOf(spot);
  if (word.value === null || (!word.value.startsWith('/') && folder === null)) return null;
  const file = resolve(folder ?? '/', word.value);
  const loaded = reading.load(file);
  const spoken =
    loaded.state === 'there' && loaded.language !== 'program' ? (language ?? loaded.language) : loaded.language;
  const isStopped = loaded.state === 'there' && how === 'itself' && !loaded.executable;
  const target: Target = {
    file,
    written: word.text,
    relative: !word.value.startsWith('/') && !hasMoved(spot),
    how,
    language: spoken,
    state: isStopped ? 'not_executable' : loaded.state,
  };
  if (loaded.state === 'unread' && !spot.within.includes(file)) {
    reading.found.problems.push({ code: 'unread', at: { file, line: 1 }, detail: loaded.detail });
  }
  if (target.state !== 'there' || spoken === 'program' || spot.within.includes(file)) return target;
  const { texts, hints } = reading.found;
  const isNew = !texts.some((text) => text.file === file);
  if (isNew) texts.push({ file, language: spoken, lines: lineCount(loaded.text) });
  if (spoken !== 'shell') {
    if (isNew) hints.push(...readHints(loaded.text, spoken, { file, line: 1 }, true));
    return target;
  }
  const inside = spotIn(file, loaded.text, { how, language, args }, spot);
  if (how === 'sourced') runShell(loaded.text, inside, reading);
  else inOwnShell(reading, () => runShell(loaded.text, inside, reading));
  return target;
}

/** Calls `run` for a new shell. A new shell does not know the functions of the outer shell. */
export function inOwnShell(reading: Reading, run: () => void): void {
  const { functions } = reading;
  reading.functions = new Map();
  run();
  reading.functions = functions;
}

function spotIn(file: string, text: string, { how, args }: FileRun, spot: Spot): Spot {
  const here = { file, text, lineAt: linesOf(text), within: [...spot.within, file] };
  if (how === 'sourced') return { ...spot, ...here, branch: 'none', frame: frameIn(spot, false) };
  const own = ownShell(spot, { ...here, args: args.map(({ value, ...rest }) => ({ ...rest, text: value })) });
  own.variables.set('0', known(file));
  return own;
}

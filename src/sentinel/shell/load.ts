import { accessSync, constants, statSync } from 'node:fs';
import { extname } from 'node:path';
import { readUserFile } from '../../core/user-file.ts';
import { languageOfProgram } from './interpreters.ts';
import type { Language, Target } from './script.ts';

/** The largest size of a script that is read, in bytes. Longer files are bundles, or not scripts. */
const MOST_BYTES = 1024 ** 2;

/** A file that a hook names. `text`: the content of the file. Empty if the file is not read. */
export type Loaded = { state: Target['state']; language: Language; text: string; executable: boolean; detail: string };

const endings: Record<string, Language> = {
  '.sh': 'shell',
  '.bash': 'shell',
  '.py': 'python',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.ts': 'javascript',
  '.mts': 'javascript',
  '.ps1': 'powershell',
};

/** Reads an untrusted script. The path can lead to no file, a folder, a FIFO, a huge file, or a file that is not text. */
export function load(file: string): Loaded {
  const not = (state: Target['state'], detail: string): Loaded => ({
    state,
    language: 'other',
    text: '',
    executable: false,
    detail,
  });
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return not('not_a_file', 'it is not a regular file');
    const executable = mayRun(file);
    if (stat.size > MOST_BYTES) return { ...not('unread', 'it is longer than 1 MB'), executable };
    const bytes = readUserFile(file, MOST_BYTES);
    if (bytes.subarray(0, 8192).includes(0)) return { ...not('there', ''), language: 'program', executable };
    const text = bytes.toString('utf8');
    return { state: 'there', language: languageOf(file, text), text, executable, detail: '' };
  } catch (error) {
    const isGone = /^(ENOENT|ENOTDIR|ELOOP|ENAMETOOLONG)$/.test((error as NodeJS.ErrnoException).code ?? '');
    return not(isGone ? 'missing' : 'unread', (error as Error).message);
  }
}

/** Whether a file is executable. */
export function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The language of a script, from its `#!` line. Without this line, the extension of the file name decides. If the extension is unknown, the
 * language is shell, because a shell runs the files that the kernel cannot start.
 */
function languageOf(file: string, text: string): Language {
  const line = /^#!\s*(\S+)[ \t]*(.*)/.exec(text);
  if (!line) return endings[extname(file)] ?? 'shell';
  const [, path = '', rest = ''] = line;
  const program = path.endsWith('/env') ? (rest.split(/\s+/).find((word) => !/^-|=/.test(word)) ?? '') : path;
  return languageOfProgram(program) ?? 'other';
}

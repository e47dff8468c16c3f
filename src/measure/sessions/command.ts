/**
 * Says whether a shell starts a script. `auto`: only if the script needs a shell. True: always. False: never. Any other text is the command
 * line of a shell, which always starts the script.
 */
export type Shell = boolean | string;

/**
 * The words of the command that starts a script. Without a shell, only the program itself is measured, and perf-gate notices if a signal
 * ends the program or if the program does not exist. With `shell: false`, the script is split at blanks, quotes have their usual meaning,
 * and other special characters have none.
 */
export function argvOf(script: string, shell: Shell): [string, ...string[]] {
  const [program, ...rest] = wordsOf(script, shell) ?? [];
  return program === undefined ? [...startOf(shell), '-c', script] : [program, ...rest];
}

/** The shell's command line, if the setting `shell` holds one, such as `bash -e`. Undefined for `auto`, true and false. */
export const shellNamed = (shell: Shell): string | undefined =>
  typeof shell === 'string' && shell !== 'auto' ? shell : undefined;

/** The words that start a shell: the path of its program, and its options. */
function startOf(shell: Shell): [string, ...string[]] {
  const [program = '/bin/sh', ...options] = split(shellNamed(shell) ?? '', false) ?? [];
  return [program, ...options];
}

/** Whether a shell starts the script's program. */
export function usesShell(script: string, shell: Shell): boolean {
  return wordsOf(script, shell) === undefined;
}

/** The words of a script that is started without a shell. Undefined if a shell starts the script. */
function wordsOf(script: string, shell: Shell): string[] | undefined {
  const words = shell === true || shellNamed(shell) !== undefined ? undefined : split(script, shell === 'auto');
  const [program] = words ?? [];
  return program === undefined || (shell === 'auto' && needsShell.has(program)) ? undefined : words;
}

/**
 * If a script begins with one of these words, it needs a shell. `echo`, `printf`, `test` and `true` are not listed, because they also exist
 * as programs.
 */
const needsShell = new Set(
  `! . : { [[ alias bg break builtin case cd command continue declare do eval exec exit export fg for function getopts
  hash if jobs let local read readonly return select set shift shopt source times trap type typeset ulimit umask unalias
  unset until wait while`.split(/\s+/),
);

/** Matches one piece of a script: 'quoted', "quoted", an escaped character, blanks, plain text, or a quotation mark that is not closed. */
const piece = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([^\n])|(\s+)|([^\s'"\\]+)|[\s\S]/g;

/** Splits a script into words, as a shell does. With `strict`, returns undefined if the script needs a shell. */
function split(script: string, strict: boolean): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (const [all, single, double, escaped, blanks, plain] of script.trim().matchAll(piece)) {
    if (blanks !== undefined) {
      if (strict && blanks.includes('\n')) return undefined;
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const text = single ?? escaped ?? plain ?? double?.replace(/\\(["\\$`])/g, '$1');
    if (strict) {
      if (text === undefined || (double !== undefined && /[$`]/.test(double.replace(/\\[\s\S]/g, ''))))
        return undefined;
      const at = { first: words.length === 0, starts: word === undefined };
      if (plain !== undefined && hasMeaning(plain, at)) return undefined;
    }
    word = (word ?? '') + (text ?? all);
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Whether unquoted text has a special meaning for a shell: operators, globs, `~`, comments or assignments. */
function hasMeaning(text: string, at: { first: boolean; starts: boolean }): boolean {
  return /[|&;<>()$`*?[\]{}]/.test(text) || (at.starts && /^[~#!]/.test(text)) || (at.first && /^\w+=/.test(text));
}

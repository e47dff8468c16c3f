import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failure } from '../../../core/errors.ts';
import { shellWord } from '../../../core/text.ts';
import { argvOf, usesShell } from '../../../measure/sessions/command.ts';

/** The shell script of a typed command. A single word is already a script; several words are quoted. @throws usage: no command */
export function scriptOf(words: readonly string[], example: string): string {
  const script = (words.length === 1 ? words[0]! : words.map(shellWord).join(' ')).trim();
  if (script !== '') return script;
  throw failure('usage', { problem: 'There is no command to measure.', hint: `Put it after --: ${example}` });
}

/**
 * Splits words into commands at `--`. A `--` that an option follows belongs to the command (`npm run a -- --fast`), because no command
 * begins with `-`. If the first word contains a blank, every word is a separate script, as in hyperfine.
 */
export function commandsIn(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  words.forEach((word, i) => {
    if (word !== '--' || words[i + 1]?.startsWith('-')) parts.at(-1)!.push(word);
    else parts.push([]);
  });
  return parts.flatMap((part) => (part.length > 1 && isScript(part[0]!) ? part.map((word) => [word]) : [part]));
}

const isScript = (word: string) => /\s/.test(word.trim()) && !existsSync(word);

/**
 * Checks that the program of each further command exists. Called before anything runs. Without this check, `cargo run -- input.txt` would
 * count as two commands, although the `--` belongs to cargo.
 * @throws usage
 */
export function mustBePrograms(
  scripts: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): void {
  const missing = scripts
    .slice(1)
    .find((script) => !usesShell(script, 'auto') && !isProgram(argvOf(script, 'auto')[0]));
  if (missing === undefined) return;
  throw failure('usage', {
    problem: `There is no program “${argvOf(missing, 'auto')[0]}”: \`--\` separates two commands.`,
    hint: `Quote a command that contains \`--\`: -- '${scripts[0]} -- ${missing}'`,
  });

  function isProgram(name: string): boolean {
    if (name.includes('/')) return isExecutable(resolve(cwd, name));
    return (env.PATH ?? '/usr/bin:/bin').split(':').some((dir) => isExecutable(join(dir || '.', name)));
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

import { basename } from 'node:path';
import type { Language, Word } from './script.ts';

/** The facts about an interpreter: its language, the option that passes program text, and the other options that take a value. */
type Interpreter = { language: Language; text: RegExp; valued: RegExp };

const shell: Interpreter = { language: 'shell', text: /^-[a-z]*c$/, valued: /^[-+][a-z]*[oO]$|^--(rc|init-)file$/ };
const python: Interpreter = { language: 'python', text: /^-[a-zA-Z]*c$/, valued: /^-[WX]$/ };
const node: Interpreter = {
  language: 'javascript',
  text: /^-(e|p|pe)$|^--(eval|print)$/,
  valued: /^-(r|C)$|^--(require|import|loader|conditions)$/,
};
const other: Interpreter = { language: 'other', text: /^-[a-zA-Z]*[eEr]$/, valued: /^-I$/ };

const interpreters: [RegExp, Interpreter][] = [
  [/^(ba|da|z|k|a)?sh$/, shell],
  [/^(python|pypy)[\d.]*$/, python],
  [/^(node|nodejs|bun|deno|tsx|ts-node)$/, node],
  [/^pwsh$/, { language: 'powershell', text: /^-c(ommand)?$/i, valued: /^-ExecutionPolicy$/i }],
  [/^(ruby|perl|php|osascript)[\d.]*$/, other],
];

const interpreterOf = (program: string): Interpreter | undefined => {
  const name = basename(program);
  return interpreters.find(([names]) => names.test(name))?.[1];
};

export const languageOfProgram = (program: string): Language | null => interpreterOf(program)?.language ?? null;

/** The source of the program that an interpreter runs: a file, the interpreter's arguments, its standard input, or a module. */
export type Program<W extends Word = Word> =
  | { from: 'file'; word: W; language: Language; args: readonly W[] }
  | { from: 'text'; word: W; language: Language; args: readonly W[] }
  | { from: 'input'; language: Language }
  | { from: 'module' };

/** The program that a command interprets. Null if the command starts no interpreter. */
export function programOf<W extends Word>(name: string, words: readonly W[]): Program<W> | null {
  const interpreter = interpreterOf(name);
  if (!interpreter) return null;
  const { language, text, valued } = interpreter;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const next = words[i + 1];
    if (text.test(word.text))
      return next ? { from: 'text', word: next, language, args: words.slice(i + 2) } : { from: 'module' };
    if (word.text === '-' || (language === 'shell' && word.text === '-s')) return { from: 'input', language };
    if (word.text === '-m') return { from: 'module' };
    if (valued.test(word.text)) i += 1;
    else if (!/^[-+]./.test(word.text) && !isSubcommand(name, word)) {
      return { from: 'file', word, language, args: words.slice(i + 1) };
    }
  }
  return { from: 'input', language };
}

/** `bun run x.ts`, `deno run x.ts`. */
const isSubcommand = (name: string, { text }: Word): boolean => /^(bun|deno)$/.test(basename(name)) && text === 'run';

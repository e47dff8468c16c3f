/** The words of a simple command, without quotes. */
export type ShellCommand = string[];

/** The characters that separate simple commands outside quotes. */
const separators = new Set([';', '&', '|', '\n', '(', ')']);

/** The greatest depth of nested substitutions that is searched for commands. */
const DEEPEST = 20;

/**
 * A here-document: the text up to a line that holds only `end`. `tabs`: whether leading tabs are dropped. `expands`: whether the shell runs
 * substitutions in the here-document.
 */
type HereDocument = { end: string; tabs: boolean; expands: boolean };

/**
 * The simple commands in a text for a shell, including those in substitutions. This function approximates a shell's parser. It handles
 * quotes, backslashes, comments and here-documents, and does not expand variables.
 */
export function shellCommands(text: string, depth = 0): ShellCommand[] {
  if (depth > DEEPEST) return [];
  const commands: ShellCommand[] = [];
  const pending: HereDocument[] = [];
  const endless = new Set<string>();
  let words: string[] = [];
  let word: string | null = null;
  let quote: '' | '"' | "'" = '';
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote === "'") {
      if (c === "'") quote = '';
      else word += c;
    } else if (c === '\\') {
      const next = text[++i] ?? '';
      if (next !== '\n') word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? c + next : next);
    } else if (c === '`' || (c === '$' && text[i + 1] === '(')) {
      const from = c === '`' ? i + 1 : i + 2;
      const end = c === '`' ? backtickAfter(text, from) : bracketAfter(text, from);
      commands.push(...shellCommands(text.slice(from, end), depth + 1));
      word = `${word ?? ''}$()`;
      i = end;
    } else if (c === quote) quote = '';
    else if (quote === '"') word += c;
    else if (c === '"' || c === "'") {
      quote = c;
      word ??= '';
    } else if (c === '#' && word === null) {
      const end = text.indexOf('\n', i);
      i = (end < 0 ? text.length : end) - 1;
    } else if (c === '<' && text[i + 1] === '<') {
      const [all, here] = hereDocumentAt(text.slice(i));
      if (here) pending.push(here);
      endWord();
      i += all.length - 1;
    } else if (separators.has(c) || ((c === '{' || c === '}') && word === null)) {
      endCommand();
      if (c === '\n')
        for (const here of pending.splice(0)) {
          const body = endless.has(here.end) ? '' : bodyOf(here, text, i + 1);
          if (body === '') endless.add(here.end);
          if (here.expands) commands.push(...shellCommands(`"${body.replace(/"/g, '')}"`, depth + 1).slice(0, -1));
          i += body.length;
        }
    } else if (/\s/.test(c)) endWord();
    else word = (word ?? '') + c;
  }
  endCommand();
  return commands;
}

/**
 * Parses a here-document operator at the start of the text. `all`: the operator with its delimiter, such as `<<-EOF`. `here`: null for
 * another operator, such as `<<<`.
 */
function hereDocumentAt(text: string): [all: string, here: HereDocument | null] {
  const [all, tabs, escaped, quote, end] = /^<<(?!<)(-?)[ \t]*(\\?)(['"]?)([\w.-]+)\3/.exec(text) ?? [];
  if (all === undefined) return [/^<+/.exec(text)![0], null];
  return [all, { end: end!, tabs: tabs === '-', expands: !escaped && !quote }];
}

/** The lines of a here-document, up to and including the delimiter. Empty if the delimiter is missing. */
function bodyOf({ end, tabs }: HereDocument, text: string, from: number): string {
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    at += line.length + 1;
    if ((tabs ? line.replace(/^\t+/, '') : line) === end) return text.slice(from, at);
  }
  return '';
}

/** The index of the bracket that closes a substitution. */
function bracketAfter(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i;
  }
  return text.length;
}

/** The index of the backtick that closes a substitution. */
function backtickAfter(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '`') return i;
  }
  return text.length;
}

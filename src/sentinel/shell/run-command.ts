import { basename } from 'node:path';
import type { Command as CommandNode, Word as WordNode } from 'unbash';
import { programOf } from './interpreters.ts';
import { inOwnShell, runFile, runText } from './nested.ts';
import { end, frameIn, ownShell, type Reading, type Spot, type Value } from './reading.ts';
import { type Argument, type Call, record } from './record.ts';
import { inputOf, redirected } from './redirect.ts';
import { specials } from './specials.ts';
import { assign, evaluate } from './value.ts';
import { innerOf } from './wrappers.ts';

/** Reads a simple command, which sets variables or runs a program. */
export function runNode(node: CommandNode, spot: Spot, reading: Reading): void {
  for (const child of [...node.prefix, ...(node.name ? [node.name] : []), ...node.suffix]) reading.walk(child, spot);
  if (!node.name) {
    for (const set of node.prefix) {
      if (set.type === 'Assignment' && set.value.type === 'Word') assign(set.name, evaluate(set.value, spot), spot);
    }
    return;
  }
  for (const set of node.args) {
    if (set.type === 'Assignment' && set.value.type === 'Word') assign(set.name, evaluate(set.value, spot), spot);
  }
  const words = [node.name, ...node.args.filter((arg) => arg.type === 'Word')].flatMap((word) =>
    argumentsOf(word, spot),
  );
  run(words.slice(0, MOST_WORDS), {
    offset: node.pos,
    spot: redirected(node.redirects, spot),
    reading,
    input: inputOf(node.redirects),
  });
}

/** Reads a command in exec form, which runs without a shell. In the words of such a command, Claude Code replaces its variables. */
export function runWords(words: readonly string[], spot: Spot, reading: Reading): void {
  const filled = words.map((text) => {
    const value = text.replace(/\$\{(CLAUDE_\w+)\}/g, (whole, name: string) => spot.variables.get(name)?.text ?? whole);
    return { text, value, payload: false, event: false };
  });
  run(filled, { offset: 0, spot, reading, input: null });
}

/** The arguments that a command gets from one word. From `"$@"`, it gets all arguments of the function or script. */
function argumentsOf(word: WordNode, spot: Spot): Argument[] {
  if (word.value === '$@') return spot.args.map(({ text, ...rest }) => ({ ...rest, text: text ?? '$…', value: text }));
  const { text, ...rest } = evaluate(word, spot);
  return [{ ...rest, text: word.value, value: text }];
}

/** The largest number of words that are read of one command. No author writes longer commands by hand. */
const MOST_WORDS = 1000;

/** Turns an argument into a value. The `text` of an argument is the word as written, but the `text` of a value is the value at run time. */
const valueIn = ({ value, ...rest }: Argument): Value => ({ ...rest, text: value });

/** The number by which a command reduces `left`, the number of commands that may still be read. It is larger for long words. */
const cost = (args: readonly Argument[]): number =>
  1 + Math.floor(args.reduce((length, { text, value }) => length + text.length + (value?.length ?? 0), 0) / 1000);

function run([name, ...args]: readonly Argument[], place: Omit<Call, 'name' | 'args'>): void {
  place.reading.left -= cost(args);
  if (!name || place.reading.left <= 0) return;
  const call = { ...place, name, args };
  if (name.value === null) record(call);
  else if (place.reading.functions.has(name.value)) callFunction(name.value, call);
  else runProgram(basename(name.value), call);
}

function runProgram(program: string, call: Call): void {
  const { name, args, ...place } = call;
  if (Object.hasOwn(specials, program)) specials[program]!(call);
  const inner = innerOf(program, args);
  if (!inner) {
    record(call, follow(program, call));
    return;
  }
  if (!inner.alone) record(call);
  const { spot } = place;
  run(inner.words, { ...place, spot: { ...spot, loop: spot.loop || inner.loop } });
  if (program === 'exec') end(spot, 'shell');
}

function callFunction(name: string, { args, spot, reading }: Call): void {
  const body = reading.functions.get(name)!;
  const key = `${body.spot.file}#${name}`;
  if (spot.within.includes(key)) return;
  reading.walk(body.node, {
    ...spot,
    file: body.spot.file,
    text: body.spot.text,
    lineAt: body.spot.lineAt,
    branch: 'none',
    frame: frameIn(spot, false),
    args: args.map(valueIn),
    within: [...spot.within, key],
  });
}

/** Reads the program text that a command runs. The text is in a script file, in an argument, or on the standard input. */
function follow(program: string, { name, args, offset, spot, reading, input }: Call) {
  const runs = programOf(program, args);
  const text = runs?.from === 'text' ? runs.word.value : runs?.from === 'input' ? input : null;
  if (runs && runs.from !== 'module' && text !== null) {
    const own = ownShell(spot, { args: runs.from === 'text' ? runs.args.slice(1).map(valueIn) : [] });
    inOwnShell(reading, () => runText(text, runs.language, own, offset, reading));
  }
  if (runs?.from === 'file') {
    const { word, language } = runs;
    return runFile(word, { how: 'interpreter', language, args: runs.args }, spot, reading);
  }
  if (/^(\.|source)$/.test(program) && args[0]) {
    return runFile(args[0], { how: 'sourced', language: 'shell', args: args.slice(1) }, spot, reading);
  }
  if (runs || !name.value?.includes('/')) return null;
  return runFile(name, { how: 'itself', language: null, args }, spot, reading);
}

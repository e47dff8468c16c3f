import { basename, dirname, resolve } from 'node:path';
import type { Command, CommandExpansionPart, ParameterExpansionPart, Statement, Word, WordPart } from 'unbash';
import type { Spot, Value } from './reading.ts';

export const known = (text: string): Value => ({ text, payload: false, event: false });
export const unknown: Value = { text: null, payload: false, event: false };
const itself: Value = { text: null, payload: true, event: true };

/**
 * The variable that holds the working folder after a `cd`. Before a `cd`, the working folder is the session's folder, which is the project
 * when the session begins.
 */
const PWD = 'PWD';

export const hasMoved = (spot: Spot): boolean => spot.variables.has(PWD);

/** The working folder of a command. Null after a `cd` to an unknown folder. */
export const folderOf = (spot: Spot): string | null => folder(spot).text;

const folder = (spot: Spot): Value => spot.variables.get(PWD) ?? projectOf(spot);

const projectOf = (spot: Spot): Value => spot.variables.get('CLAUDE_PROJECT_DIR') ?? unknown;

/**
 * The largest length of a value, in characters. Longer values are treated as unknown, because they are not paths. Without this limit, a
 * script that doubles a variable on each line would fill the memory.
 */
const MOST_TEXT = 10_000;

/** The value of a word, as far as it is known in this state of the shell. */
export function evaluate(word: Word, spot: Spot): Value {
  if (!word.parts) return known(atHome(word.text, word.value, spot));
  const value = joined(word.parts, spot);
  return value.text === null ? value : { ...value, text: atHome(word.text, value.text, spot) };
}

function joined(parts: readonly WordPart[], spot: Spot): Value {
  const values = parts.map((part) => ofPart(part, spot));
  const text = values.every((v) => v.text !== null) ? values.map((v) => v.text).join('') : null;
  return {
    text: text !== null && text.length <= MOST_TEXT ? text : null,
    payload: values.some((v) => v.payload),
    event: values.some((v) => v.event),
  };
}

const atHome = (written: string, text: string, spot: Spot): string =>
  /^~(\/|$)/.test(written) ? (spot.variables.get('HOME')?.text ?? '~') + text.slice(1) : text;

function ofPart(part: WordPart, spot: Spot): Value {
  if (part.type === 'SimpleExpansion') return ofVariable(part.text.slice(1), spot);
  if (part.type === 'ParameterExpansion') return ofParameter(part, spot);
  if (part.type === 'CommandExpansion') return ofOutput(part, spot);
  if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') return joined(part.parts, spot);
  return 'value' in part ? known(part.value) : unknown;
}

function ofVariable(name: string, spot: Spot): Value {
  if (/^[1-9]$/.test(name)) return spot.args[Number(name) - 1] ?? unknown;
  if (name === 'BASH_SOURCE') return known(spot.file);
  if (name === PWD) return folder(spot);
  return spot.variables.get(name) ?? unknown;
}

function ofParameter({ parameter, prefix, operation }: ParameterExpansionPart, spot: Spot): Value {
  const value = ofVariable(parameter, spot);
  const changed = { ...unknown, event: value.event };
  if (prefix) return changed;
  if (!operation) return value;
  if (operation.type === 'Default' && /^:?[-=]$/.test(operation.operator)) {
    const isSet = spot.variables.has(parameter) || /^[0-9]$/.test(parameter);
    return isSet && value.text !== '' ? value : evaluate(operation.operand, spot);
  }
  const isFolder = operation.type === 'Remove' && operation.operator === '%' && operation.operand.text === '/*';
  return isFolder && value.text !== null ? known(dirname(value.text)) : changed;
}

/** The value of `$(…)`. It is known only for the few commands whose output is a path or the event. */
function ofOutput({ script }: CommandExpansionPart, spot: Spot): Value {
  const only = script?.commands.length === 1 ? script.commands[0] : undefined;
  const value = only ? ofStatement(only.command, { ...spot, variables: new Map(spot.variables) }) : unknown;
  return { ...value, event: value.event || (script !== undefined && spot.asks(script, spot)) };
}

function ofStatement(node: Statement['command'], spot: Spot): Value {
  if (node.type === 'Command') return ofCommand(node, spot);
  if (node.type === 'Pipeline') {
    const last = node.commands.at(-1);
    return last?.type === 'Command' && /^(jq|head|tr)$/.test(last.name?.value ?? '') ? ofCommand(last, spot) : unknown;
  }
  if (node.type !== 'AndOr') return unknown;
  return node.commands.reduce<Value>((before, command, i) => {
    if (i > 0 && node.operators[i - 1] === '||' && (before.text !== null || before.payload)) return before;
    return ofStatement(command, spot);
  }, unknown);
}

function ofCommand(node: Command, spot: Spot): Value {
  const words = node.args.filter((arg) => arg.type === 'Word');
  const first = words.find(({ text }) => !text.startsWith('-'));
  if (!node.name) {
    const from = node.redirects.find((r) => r.type === 'Redirect' && r.operator === '<');
    const isInput = from?.type === 'Redirect' && from.target?.value === '/dev/stdin';
    return isInput && spot.payload ? itself : unknown;
  }
  const output = Object.hasOwn(outputs, node.name.value) ? outputs[node.name.value]! : () => unknown;
  return output({ words, spot, value: () => (first ? evaluate(first, spot) : known('')) });
}

/**
 * A command in a substitution `$(…)`. `value`: returns the value of the first operand. The operand is evaluated at most once, because
 * substitutions can be deeply nested.
 */
type Said = { value(): Value; words: Word[]; spot: Spot };

const folderPart = (value: Value, part: (path: string) => string): Value =>
  value.text === null ? unknown : known(part(value.text));

const outputs: Record<string, (said: Said) => Value> = {
  pwd: ({ spot }) => folder(spot),
  dirname: ({ value }) => folderPart(value(), dirname),
  basename: ({ value }) => folderPart(value(), basename),
  realpath: ({ value }) => value(),
  readlink: ({ value }) => value(),
  echo: ({ value, words }) => (words.length === 1 ? value() : unknown),
  printf: ({ words, spot }) => (words.length === 2 ? evaluate(words[1]!, spot) : unknown),
  cat: ({ words, spot }) =>
    spot.payload && words.every(({ value }) => value === '-' || value === '/dev/stdin') ? itself : unknown,
  timeout: ({ words, spot }) => (spot.payload && words.at(-1)?.value === 'cat' ? itself : unknown),
  git: ({ words, spot }) => (words.some(({ value }) => value === '--show-toplevel') ? projectOf(spot) : unknown),
  jq: ({ words, spot }) => (words.some((word) => /^\.cwd\b/.test(word.value)) ? projectOf(spot) : unknown),
  cd: ({ value, spot }) => {
    changeFolder(value().text, spot);
    return known('');
  },
};

/** Records a `cd` to a known folder, or to an unknown folder (null). */
export function changeFolder(to: string | null, spot: Spot): void {
  const from = folderOf(spot);
  const place = to === '' ? (spot.variables.get('HOME')?.text ?? null) : to;
  const lost = place === null || place === '-' || (from === null && !place.startsWith('/'));
  spot.variables.set(PWD, lost ? unknown : known(resolve(from ?? '/', place)));
}

/** Sets a variable. After an assignment in a branch, the variable possibly still has its earlier value. */
export function assign(name: string, value: Value, spot: Spot): void {
  const before = spot.branch === 'none' ? undefined : spot.variables.get(name);
  if (!before) spot.variables.set(name, value);
  else {
    spot.variables.set(name, {
      text: before.text === value.text || before.text === '' ? value.text : null,
      payload: before.payload || value.payload,
      event: before.event || value.event,
    });
  }
}

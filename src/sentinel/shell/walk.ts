import type { ParsedScript, Statement, SyntaxNode } from 'unbash';
import { inputsOf } from './pipe.ts';
import { hasEnded, ownShell, type Reading, type Spot } from './reading.ts';
import { redirected } from './redirect.ts';
import { runNode } from './run-command.ts';
import { recordTests } from './tests.ts';
import { assign, evaluate, unknown } from './value.ts';

type Visit<Type> = (node: Extract<SyntaxNode, { type: Type }>, spot: Spot, reading: Reading) => void;

/** The state of the shell inside a branch. The given syntax nodes contain the branch's condition. */
function inBranch(spot: Spot, by: readonly SyntaxNode[]): Spot {
  const isOfEvent = spot.branch === 'event' || by.some((node) => spot.asks(node, spot));
  return { ...spot, branch: isOfEvent ? 'event' : 'other', conditional: true };
}

const inLoop = (spot: Spot, by: readonly SyntaxNode[]): Spot => ({ ...inBranch(spot, by), loop: true });

function list(commands: readonly Statement[], spot: Spot, reading: Reading): void {
  for (const statement of commands) {
    if (hasEnded(spot)) return;
    reading.walk(statement, spot);
  }
}

/** The number of characters of a function's body that are compared with other functions. */
const MOST_BODY = 10_000;

/** Visitors for the syntax nodes that decide whether, how often and where commands run. All other syntax nodes only contain words. */
const visitors: { [Type in SyntaxNode['type']]?: Visit<Type> } = {
  Script: ({ commands }, spot, reading) => list(commands, spot, reading),
  CompoundList: ({ commands }, spot, reading) => list(commands, spot, reading),
  Statement: ({ command, background }, spot, reading) =>
    reading.walk(command, background ? ownShell(spot, { background: true }) : spot),
  BraceGroup: ({ body }, spot, reading) => reading.walk(body, spot),
  Subshell: ({ body }, spot, reading) => reading.walk(body, ownShell(spot)),
  Coproc: ({ body }, spot, reading) => reading.walk(body, ownShell(spot, { background: true, told: false })),
  Redirected({ command, redirects }, spot, reading) {
    for (const redirect of redirects) reading.walk(redirect, spot);
    reading.walk(command, redirected(redirects, spot));
  },
  AndOr({ commands }, spot, reading) {
    let at = spot;
    for (const command of commands) {
      if (hasEnded(spot)) return;
      reading.walk(command, at);
      at = inBranch(at, [command]);
    }
  },
  Pipeline({ commands }, spot, reading) {
    const [only, ...more] = commands;
    if (only && more.length === 0) return reading.walk(only, spot);
    const inputs = inputsOf(commands, spot);
    for (const [i, command] of commands.entries()) {
      const told = spot.told && i === commands.length - 1;
      reading.walk(command, ownShell(spot, { payload: inputs[i]!, told }));
    }
  },
  If({ clause, then, elif, else: otherwise }, spot, reading) {
    reading.walk(clause, spot);
    const taken = inBranch(spot, [clause, ...elif.map((each) => each.clause)]);
    reading.walk(then, taken);
    for (const each of elif) {
      reading.walk(each.clause, taken);
      reading.walk(each.then, taken);
    }
    if (otherwise) reading.walk(otherwise, taken);
  },
  Case({ word, items }, spot, reading) {
    reading.walk(word, spot);
    const taken = inBranch(spot, [word]);
    for (const { pattern, body } of items) {
      for (const each of pattern) reading.walk(each, spot);
      reading.walk(body, taken);
    }
  },
  While({ clause, body }, spot, reading) {
    reading.walk(clause, { ...spot, loop: true });
    reading.walk(body, inLoop(spot, [clause]));
  },
  For: (node, spot, reading) => loopOver(node, spot, reading),
  Select: (node, spot, reading) => loopOver(node, spot, reading),
  ArithmeticFor: ({ body }, spot, reading) => reading.walk(body, inLoop(spot, [])),
  Function({ name, body, pos, end }, spot, reading) {
    reading.functions.set(name.value, { node: body, spot });
    const at = { file: spot.file, line: spot.lineAt(pos) };
    const text = spot.text.slice(body.pos, Math.min(end, body.pos + MOST_BODY)).replace(/[ \t]+$/gm, '');
    reading.found.functions.set(`${spot.file}:${at.line} ${name.value}`, { name: name.value, body: text, at });
  },
  Command: (node, spot, reading) => runNode(node, spot, reading),
  TestCommand({ expression, pos }, spot, reading) {
    recordTests(expression, pos, spot, reading);
    reading.walk(expression, spot);
  },
  CommandExpansion: ({ script, pos }, spot, reading) => output(script, pos, spot, reading),
  ArithmeticCommandExpansion: ({ script, pos }, spot, reading) => output(script, pos, spot, reading),
  ProcessSubstitution: ({ script, pos }, spot, reading) => output(script, pos, { ...spot, payload: false }, reading),
  SimpleExpansion: ({ text, pos }, spot, reading) => use(text.slice(1), false, pos, spot, reading),
  ParameterExpansion(node, spot, reading) {
    const { operation } = node;
    const isFallback = operation?.type === 'Default' && operation.operand.parts !== undefined;
    use(
      node.parameter,
      isFallback || (operation?.type === 'Default' && operation.operand.value === ''),
      node.pos,
      spot,
      reading,
    );
    reading.eachChild(node, (child) => reading.walk(child, spot));
  },
};

/**
 * `for` and `select`: the loop variable is assumed to be the first word. For example, the program `$py` in `for py in python3 python` is
 * read as Python.
 */
function loopOver(
  { name, wordlist = [], body }: Extract<SyntaxNode, { type: 'For' | 'Select' }>,
  spot: Spot,
  reading: Reading,
): void {
  for (const word of wordlist) reading.walk(word, spot);
  const [first = unknown, ...more] = wordlist.map((word) => evaluate(word, spot));
  assign(name.value, { ...first, event: [first, ...more].some(({ event }) => event) }, spot);
  reading.walk(body, inLoop(spot, wordlist));
}

/**
 * Reads the commands of `$(…)`. The script uses the output of these commands, so Claude Code does not get it. Text between backticks can
 * contain escapes, so its offsets are not offsets in the script.
 */
function output(script: ParsedScript | undefined, pos: number, spot: Spot, reading: Reading): void {
  if (!script) return;
  const line = spot.lineAt(pos);
  const text = script.source === undefined ? {} : { text: script.source, lineAt: () => line };
  reading.walk(script, ownShell(spot, { told: false, ...text }));
}

function use(name: string, fallback: boolean, pos: number, spot: Spot, reading: Reading): void {
  if (!/^[A-Z]\w/.test(name)) return;
  const at = { file: spot.file, line: spot.lineAt(pos) };
  if (!spot.variables.has(name)) reading.found.variables.set(`${at.file}:${at.line} ${name}`, { name, fallback, at });
}

/** Visits the parts of a syntax node in the order in which a shell would run them. */
export function walk(node: SyntaxNode, spot: Spot, reading: Reading): void {
  const visit = visitors[node.type] as Visit<SyntaxNode['type']> | undefined;
  if (visit) visit(node, spot, reading);
  else reading.eachChild(node, (child) => reading.walk(child, spot));
}

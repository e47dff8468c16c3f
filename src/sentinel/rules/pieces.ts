import { programOf } from '../shell/interpreters.ts';
import type { Command, Place, Script } from '../shell/script.ts';
import { isProcess, operands } from './commands.ts';

/** A piece of work in one hook, which is compared with the work of other hooks. */
export type Piece = {
  kind: 'command' | 'check' | 'function' | 'json';
  /**
   * The description of the work in a few words: `git remote get-url origin`, `test -x …/bin/python`, `log()`, `reading the event’s JSON`.
   */
  what: string;
  /** Equal keys mean the same work. */
  key: string;
  at: Place;
};

/** Equal function bodies that are longer than this number of characters count as a repetition. Shorter bodies can be equal by chance. */
const SHORT_BODY = 40;

/** The pieces of work in a hook that are wasted if another hook does them too. */
export function piecesOf({ commands, functions }: Script): Piece[] {
  const json = commands.find(readsEvent);
  const called = functions.filter(({ body }) => body.length > SHORT_BODY);
  return [
    ...commands
      .filter((command) => costs(command) && !readsEvent(command))
      .map(({ at, ...command }) => ({ ...named('command', lineOf(command)), at })),
    ...commands.flatMap((command) => {
      const check = checkOf(command);
      return check === null ? [] : [{ ...named('check', check), at: command.at }];
    }),
    ...called.map(({ name, body, at }) => ({ kind: 'function' as const, what: `${name}()`, key: body, at })),
    ...(json ? [{ ...named('json', 'reading the event’s JSON'), at: json.at }] : []),
  ];
}

const named = (kind: Piece['kind'], what: string): Omit<Piece, 'at'> => ({ kind, what, key: what });

/** Programs that cost little, or whose work depends on their input. If several hooks run such a program, this is no repetition. */
const cheap =
  /^(awk|basename|bash|cat|chmod|cp|cut|date|dirname|egrep|env|expr|find|grep|head|jq|ln|ls|mkdir|mktemp|mv|nohup|readlink|realpath|rm|rmdir|sed|seq|sh|sleep|sort|stat|tail|tee|timeout|touch|tr|uname|uniq|wc|xargs)$/;

const costs = (command: Command): boolean =>
  isProcess(command) &&
  command.target === null &&
  command.input === null &&
  !cheap.test(command.program!) &&
  command.words.some(({ text }) => text !== '');

/** The command line of a piece of work, without git's `-C FOLDER`, because hooks spell that folder differently. */
function lineOf({ program, words }: Pick<Command, 'program' | 'words'>): string {
  const rest = program === 'git' && words[0]?.text === '-C' ? words.slice(2) : words;
  return [program, ...rest.map(({ text }) => text)].join(' ');
}

/**
 * A file test without the first part of the file's path, such as `test -f …/config.json`, so that equal tests in different hooks give equal
 * texts. Null if the file's path consists only of variables.
 */
function checkOf({ program, words }: Command): string | null {
  if (program === null || !/^(\[\[?|test)$/.test(program)) return null;
  const asked = words.map(({ text }) => text).filter((text) => !/^[!\]]$/.test(text));
  const [operator = '', path = ''] = asked;
  const tail = path.replace(/^[^/]*\//, '');
  return asked.length === 2 && /^-[defrsx]$/.test(operator) && path !== tail && !tail.startsWith('$')
    ? `test ${operator} …/${tail}`
    : null;
}

/** Whether the command parses the event's JSON. */
function readsEvent(command: Command): boolean {
  const { program, payload, words } = command;
  if (program === null || !payload) return false;
  if (program === 'jq') return operands(command).length <= 1;
  if (/^(grep|egrep|sed|awk)$/.test(program)) {
    const plain = operands(command);
    return plain.length === 1 && plain[0]!.includes('"');
  }
  const runs = programOf(program, words);
  return runs?.from === 'text' && /json/i.test(runs.word.text);
}

import type { Command, Script } from '../shell/script.ts';
import { isAsync, isProcess } from './commands.ts';
import { holdsUp } from './events.ts';
import { rule } from './rule.ts';

export const blockingWithoutUse = rule<{ event: string; says: 'nothing' | 'always the same' }>({
  id: 'blocking-without-use',
  severity: 'medium',
  title: 'The session waits for a hook that adds nothing new',
  remedy: { act: 'delete the hook, or set `async`', lines: 1, saves: true },
  advice: ({ event, says }) =>
    says === 'nothing'
      ? `The hook neither prints nor refuses anything, but ${event} waits for it: set "async": true.`
      : 'The hook prints the same line each time: remove the hook, and put the line into CLAUDE.md if the model needs it.',
  detect({ hook, script }) {
    if (!holdsUp(hook.event) || isAsync(hook) || hook.handler.type !== 'command') return [];
    const says = isWholly(script) ? saidBy(hook.event, script) : null;
    return says ? [{ lines: [script.declared], facts: { event: hook.event, says } }] : [];
  },
});

/** Whether the whole script was read, and every command in it is known. */
const isWholly = ({ commands, problems }: Script): boolean =>
  commands.length > 0 && problems.length === 0 && commands.every(({ program }) => program !== null);

function saidBy(event: string, { commands, variables }: Script): 'nothing' | 'always the same' | null {
  const [only, ...more] = commands;
  if (only?.told && more.length === 0 && isConstant(only)) {
    return /^(SessionStart|UserPromptSubmit)$/.test(event) ? 'always the same' : null;
  }
  const givesVariables = variables.some(({ name }) => name === 'CLAUDE_ENV_FILE');
  return givesVariables || commands.some(speaks) ? null : 'nothing';
}

/** Whether a command prints constant text that is not JSON. */
const isConstant = ({ program, words }: Command): boolean =>
  /^(echo|printf)$/.test(program!) && words.every(({ value }) => value !== null && !value.startsWith('{'));

/** Programs that usually print nothing. */
const silent = /^(mkdir|rm|rmdir|mv|cp|touch|chmod|ln|sleep|kill|pkill|truncate|sync|logger)$/;

/** Whether the command possibly prints something to Claude Code, or refuses an action. */
function speaks(command: Command): boolean {
  const { program, words, told, target } = command;
  if (/^(exit|return)$/.test(program!)) return words.some(({ value }) => value !== '0' && value !== '1');
  if (target?.language === 'shell') return false;
  const isQuiet = /^e?grep$/.test(program!) && words.some(({ text }) => /^-[a-zA-Z]*q|^--quiet$/.test(text));
  const isDeletion =
    program === 'find' && words.some(({ text }) => text === '-delete') && !words.some(({ text }) => text === '-print');
  const prints = isProcess(command)
    ? !silent.test(program!) && !isDeletion && !isQuiet
    : /^(echo|printf|type|times|set|jobs|pwd)$/.test(program!);
  return told && prints;
}

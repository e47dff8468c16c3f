import { programOf } from '../shell/interpreters.ts';
import type { Command } from '../shell/script.ts';
import { placesOf, waited } from './commands.ts';
import { rule } from './rule.ts';

export const interpreterForJson = rule<{ program: string; starts: number; loop: boolean; task: 'json' | 'one line' }>({
  id: 'interpreter-for-json',
  severity: 'medium',
  title: 'The hook starts an interpreter for a small task',
  remedy: { act: 'read the JSON without an interpreter', lines: 10, saves: true },
  advice: ({ program, starts, loop, task }) =>
    `${program} starts ${loop ? 'again and again' : starts === 1 ? 'once' : `in ${starts} places`} ` +
    (task === 'json'
      ? 'to read JSON. Each start takes tens of milliseconds, and one call of jq can read all fields.'
      : 'to run a short program. Each start takes tens of milliseconds, and the shell itself can do most small tasks.'),
  detect({ hook, script }) {
    const starts = waited(hook, script).flatMap((command) => {
      const task = taskOf(command);
      return task ? [{ command, task }] : [];
    });
    const [first] = starts;
    if (!first) return [];
    const facts = {
      program: first.command.program!,
      starts: starts.length,
      loop: starts.some(({ command }) => command.loop),
      task: starts.some(({ task }) => task === 'json') ? ('json' as const) : ('one line' as const),
    };
    const lines = placesOf(starts.map(({ command }) => command));
    return [{ lines, facts, ...(facts.task === 'json' ? {} : { severity: 'low' }) }];
  },
});

const readsJson = /\bjson\.loads?\(|\bJSON\.parse\(|\bJSON\.load\b|\bjson_decode\(/;

/** Limits for a program that counts as short, so that jq or the shell could replace it: its characters, and its lines. */
const SHORT = 200;
const FEW_LINES = 12;

/** Interpreters that start slowly. */
const slow = /^(python|pypy|node|nodejs|deno|ruby|php)[\d.]*$/;

function taskOf({ program, words, input }: Command): 'json' | 'one line' | null {
  const runs = program === null || !slow.test(program) ? null : programOf(program, words);
  if (!runs || runs.from === 'file') return null;
  if (runs.from === 'module') return words.some(({ text }) => text === 'json.tool') ? 'json' : null;
  const text = (runs.from === 'text' ? runs.word.text : (input ?? '')).trim();
  const lines = text.split('\n').length;
  if (readsJson.test(text) && lines <= FEW_LINES) return 'json';
  return text !== '' && text.length <= SHORT && lines <= 3 ? 'one line' : null;
}

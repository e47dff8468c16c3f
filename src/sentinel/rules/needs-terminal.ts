import { placesOf, waited } from './commands.ts';
import { rule } from './rule.ts';

/** Programs that ask a person. */
const asking = /^(sudo|su|passwd|whiptail|dialog|fzf|gum|stty|ssh-add)$/;

/** Options with which they ask nobody. */
const silent = /^(-n|--non-interactive|-S|--stdin|--filter|-f)$/;

export const needsTerminal = rule<{ asks: string; seen: boolean }>({
  id: 'needs-terminal',
  severity: 'medium',
  title: 'The hook asks for a terminal, and a hook has none',
  remedy: { act: 'ask nobody: take a default, or end', lines: 5, saves: false },
  advice: ({ asks, seen }) =>
    `${seen ? `It said “${asks}”` : `“${asks}” asks the person who sits at a terminal`}. A hook has the event on its input and no terminal: it fails, or ` +
    'waits for ever. Take what it needs from a file or a variable, or let PermissionRequest ask.',
  detect({ hook, script, measured }) {
    const calls = waited(hook, script).filter(
      ({ program, words, conditional }) =>
        program !== null && asking.test(program) && !conditional && !words.some(({ text }) => silent.test(text)),
    );
    if (measured?.terminal) {
      const lines = calls.length > 0 ? placesOf(calls) : [script.declared];
      return [{ lines, facts: { asks: measured.terminal, seen: true } }];
    }
    if (calls.length === 0) return [];
    return [{ lines: placesOf(calls), facts: { asks: calls[0]!.program!, seen: false } }];
  },
});

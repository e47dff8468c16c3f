import { placesOf, waited } from './commands.ts';
import { rule } from './rule.ts';

/** Programs that ask the user for input at a terminal. */
const asking = /^(sudo|su|passwd|whiptail|dialog|fzf|gum|stty|ssh-add)$/;

/** Options with which these programs ask no questions. */
const silent = /^(-n|--non-interactive|-S|--stdin|--filter|-f)$/;

export const needsTerminal = rule<{ asks: string; seen: boolean }>({
  id: 'needs-terminal',
  severity: 'medium',
  title: 'The hook needs a terminal, and hooks have none',
  remedy: { act: 'do not ask the user: use a default, or exit', lines: 5, saves: false },
  advice: ({ asks, seen }) =>
    `${seen ? `The hook printed “${asks}”` : `“${asks}” asks the user for input at a terminal`}. ` +
    'A hook gets the event on its standard input and has no terminal, so it fails or waits for ever. Read the value from a file or a variable.',
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

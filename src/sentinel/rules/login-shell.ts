import type { Command } from '../shell/script.ts';
import { placesOf, spelled, waited } from './commands.ts';
import { rule } from './rule.ts';

export const loginShell = rule<{ command: string }>({
  id: 'login-shell',
  severity: 'medium',
  title: 'The hook starts a shell that reads the user’s start-up files',
  remedy: { act: 'start the shell without -l', lines: 1, saves: true },
  advice: ({ command }) =>
    `“${command}” reads .profile or .bashrc each time, including the slow set-up of version managers. Leave out -l and -i, and set PATH where needed.`,
  detect({ hook, script }) {
    const shells = waited(hook, script).filter(readsProfile);
    if (shells.length === 0) return [];
    return [{ lines: placesOf(shells), facts: { command: spelled(shells[0]!).slice(0, 60) } }];
  },
});

const isShell = /^(ba|da|z|k|fi)?sh$/;

/** Whether a shell's options ask for a login shell or an interactive shell. Only options before the script or the program text count. */
function readsProfile({ program, words }: Command): boolean {
  if (program === null || !isShell.test(program)) return false;
  const end = words.findIndex(({ text }) => !/^[-+]./.test(text));
  const options = words.slice(0, end < 0 ? words.length : end);
  return options.some(({ text }) => /^-[a-z]*[li][a-z]*$|^--(login|interactive)$/.test(text));
}

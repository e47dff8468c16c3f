import { setTimeout as pause } from 'node:timers/promises';
import { type Terminal, terminal } from '../../helpers/terminal.ts';

/** The client in a terminal. */
export type Screen = Terminal & {
  /** Types a line and sends it. */
  say(text: string): Promise<void>;
  /** Ends the client. */
  end(): Promise<void>;
};

/** Opens the client and waits until it accepts input. */
export async function openScreen(cwd: string, env: Record<string, string>, command: string): Promise<Screen> {
  const opened = terminal(cwd, env);
  // The terminal's shell may set its own PATH.
  opened.type(`clear; PATH='${env.PATH}' ${command}; echo 'client' 'has ended'`);
  opened.press('Enter');
  await opened.sees(/^❯/m);
  const typed = () => opened.screen().match(/^❯.*$/gm)?.at(-1) ?? '';
  return {
    ...opened,
    async say(text) {
      opened.type(text);
      await opened.sees(new RegExp(text.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')));
      // The client treats keys without a pause as pasted text, and an open list of completions consumes an Enter.
      for (let sent = 0; sent < 2; sent = typed().includes(text) ? 0 : sent + 1) {
        if (typed().includes(text)) opened.press('Enter');
        await pause(1000);
      }
    },
    async end() {
      opened.press('C-c', 'C-c');
      await opened.sees(/^client has ended/m);
    },
  };
}

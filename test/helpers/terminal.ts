import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';

/** A real terminal, driven by keys: a separate tmux server, which ends with the test. */
export type Terminal = {
  /** The current screen. */
  screen(): string;
  /** The screen and the lines that have scrolled away. */
  history(): string;
  /** Keys by their tmux names, such as `Enter`, `C-c`, `y`. */
  press(...keys: string[]): void;
  /** Types a text literally. */
  type(text: string): void;
  /** Waits until the screen shows it. @throws with the screen after the given seconds, 30 by default. */
  sees(what: RegExp, seconds?: number): Promise<string>;
};

export function hasTmux(): boolean {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Opens a shell in a terminal of 110 columns; `env` is added to the environment. */
export function terminal(cwd: string, env: Record<string, string>): Terminal {
  const server = `perf-gate-test-${randomBytes(6).toString('hex')}`;
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const given = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  tmux('new-session', '-d', '-x', '110', '-y', '60', '-c', cwd, ...given, 'sh');
  onTestFinished(() => void tmux('kill-server'));
  const screen = () => tmux('capture-pane', '-p', '-J');
  return {
    screen,
    history: () => tmux('capture-pane', '-p', '-J', '-S', '-'),
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', '--', text),
    async sees(what, seconds = 30) {
      return vi.waitFor(
        () => {
          const now = screen();
          if (!what.test(now)) throw new Error(`the screen does not show ${what}:\n${now}`);
          return now;
        },
        { timeout: seconds * 1000, interval: 50 },
      );
    },
  };
}

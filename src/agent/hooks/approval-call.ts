import type { HookInput } from './protocol.ts';
import { type ShellCommand, shellCommands } from './shell-commands.ts';

/** Words that can stand before a command, as `env` does in `env perf-gate approve`. Their own options can stand in between. */
const carriers = new Set(
  'env command exec nohup time timeout nice setsid stdbuf sudo doas xargs npx bunx pnpm yarn npm bun node tsx if then else do while until !'.split(
    ' ',
  ),
);
const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash']);

const baseName = (word: string) => word.slice(word.lastIndexOf('/') + 1);
const isPerfGate = (word: string) => /^perf-gate(\.[cm]?js)?(@[\w.^~-]+)?$/.test(baseName(word));
const isAssignment = (word: string) => /^[A-Za-z_]\w*\+?=/.test(word);

/** Whether the text contains `perf-gate`, and `approve` or `--yes`. A shell could expand such a text to an approval. */
const couldApprove = (text: string) => /perf-gate/.test(text) && /\bapprove\b|--yes\b/.test(text);

/**
 * The text that refuses an agent's shell call if the call would approve a contract, because only a person may approve. Null for every other
 * call.
 */
export function refuseApproval({ toolInput }: HookInput): string | null {
  const { command } = toolInput;
  if (typeof command !== 'string' || !approves(command)) return null;
  return 'Only a person can approve a contract, not an agent. Ask the user to type /perf-gate:approve, or to run `perf-gate approve` in a terminal of their own.';
}

/**
 * Whether a shell that runs the text would approve a contract, by `perf-gate approve` or by the option `--yes` of any command of perf-gate.
 * The search looks behind wrappers (such as `env`) and assignments, and inside nested shells and substitutions. A mention in quotes, in a
 * commit message or in a pattern does not count.
 */
export function approves(text: string, depth = 0): boolean {
  if (depth > 5) return couldApprove(text);
  const commands = shellCommands(text);
  return commands.some((command) => isApproval(command, text, depth));
}

function isApproval(command: ShellCommand, text: string, depth: number): boolean {
  const words = command.slice(command.findIndex((word) => !isAssignment(word)));
  if (words.length === 0) return false;
  const name = baseName(words[0]!);
  if (name === 'eval') return approves(words.slice(1).join(' '), depth + 1);
  if (shells.has(name)) {
    const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
    // without `-c`, a shell reads a script from a file or from stdin; the script can be anywhere in the text, so the whole text is searched
    return at > 0 ? approves(words[at + 1] ?? '', depth + 1) : couldApprove(text);
  }
  if (isPerfGate(words[0]!)) return approvesWith(words.slice(1));
  if (name.startsWith('$')) return couldApprove(text) && approvesWith(words.slice(1));
  if (!carriers.has(name)) return false;
  const inner = words.findIndex((word, i) => i > 0 && (isPerfGate(word) || shells.has(baseName(word))));
  return inner > 0 && isApproval(words.slice(inner), text, depth);
}

const approvesWith = (args: string[]) =>
  args.find((word) => !word.startsWith('-')) === 'approve' || args.some((word) => /^--yes(=|$)/.test(word));

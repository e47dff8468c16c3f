import type { HookInput } from './protocol.ts';

/**
 * A slash command of perf-gate that the user typed. `args`: the arguments of the perf-gate command to run. `told`: turns the JSON output of
 * that command into the text for the agent.
 */
export type TypedCommand = {
  args: [command: string, ...args: string[]];
  told(output: Record<string, unknown>): string;
};

/**
 * The slash commands that must come from a person. The client calls the hook `user-prompt-expansion` only for commands that the user typed.
 * The text after the command is one argument, and no shell interprets it.
 */
const commands: Record<string, (typed: string) => TypedCommand> = {
  start: (task) => ({
    args: ['start', '--agent', 'inline', '--', task],
    told: ({ run, branch, error }) =>
      typeof run === 'string'
        ? `The run ${run} has begun on the branch ${branch}. Its first stage is scoping, which you carry out together with the user. Next: \`perf-gate next\`, which prints the brief.`
        : refused('start', error),
  }),
  approve: () => ({
    args: ['approve'],
    told: ({ run, error }) =>
      typeof run === 'string'
        ? 'The user approved the contract, and perf-gate tried and sealed it. Next: `perf-gate next`.'
        : refused('approve', error),
  }),
};

/** The typed command. Null if the prompt is not one of these commands of perf-gate. */
export function typedCommand({ command }: HookInput): TypedCommand | null {
  const name = command.name.replace(/^perf-gate:/, '');
  if (name === command.name || !Object.hasOwn(commands, name)) return null;
  return commands[name]!(command.args.trim());
}

function refused(command: string, error: unknown): string {
  const { message = 'It gave no reason.', hint = '' } = (error ?? {}) as { message?: string; hint?: string };
  return `\`perf-gate ${command}\` was refused: ${message} ${hint}`.trim();
}

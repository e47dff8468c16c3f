import type { HookInput } from './protocol.ts';

/** A slash command of ours that the user typed: what to run for it, and what to tell the agent about its JSON output. */
export type TypedCommand = {
  args: [command: string, ...args: string[]];
  told(output: Record<string, unknown>): string;
};

/**
 * The commands that must come from a person. The client sends this event only for commands that were typed. What the user typed after
 * the command stays one argument, which no shell reads.
 */
const commands: Record<string, (typed: string) => TypedCommand> = {
  start: (task) => ({
    args: ['start', '--agent', 'inline', '--', task],
    told: ({ run, branch, error }) =>
      typeof run === 'string'
        ? `The run ${run} has begun, on the branch ${branch}. It stands at scoping, which is yours and the user’s. Next: \`perf-gate next\`, which prints the brief.`
        : refused('start', error),
  }),
  approve: () => ({
    args: ['approve'],
    told: ({ run, error }) =>
      typeof run === 'string'
        ? 'The user approved the contract; it was tried and is sealed now. Next: `perf-gate next`.'
        : refused('approve', error),
  }),
};

/** The typed command; null if it is none of ours. */
export function typedCommand({ command }: HookInput): TypedCommand | null {
  const name = command.name.replace(/^perf-gate:/, '');
  if (name === command.name || !Object.hasOwn(commands, name)) return null;
  return commands[name]!(command.args.trim());
}

function refused(command: string, error: unknown): string {
  const { message = 'It said nothing.', hint = '' } = (error ?? {}) as { message?: string; hint?: string };
  return `\`perf-gate ${command}\` was refused: ${message} ${hint}`.trim();
}

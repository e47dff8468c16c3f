import type { HookInput } from '../../agent/hooks/input.ts';
import { callSelf } from './call-self.ts';

/** What is told to the agent after a command of ours that the user typed. */
type Typed = (args: string, folder: string, env: Record<string, string | undefined>) => Promise<string>;

/**
 * The commands that must come from a person: the client fires this event only for what was typed. The arguments come as JSON, and go on
 * as one word, through no shell.
 */
const commands: Record<string, Typed> = {
  async start(task, folder, env) {
    const said = await callSelf(folder, ['start', '--agent', 'inline', '--', task], env);
    if (typeof said.run !== 'string') return refused('start', said);
    return `The run ${said.run} has begun, on the branch ${said.branch}. It stands at scoping, which is yours and the user’s. Next: \`perf-gate next\`, which prints the brief.`;
  },
  async approve(_, folder, env) {
    const said = await callSelf(folder, ['approve'], env);
    if (typeof said.run !== 'string') return refused('approve', said);
    return 'The user approved the contract; it was tried and is sealed now. Next: `perf-gate next`.';
  },
};

/** Does what the user typed, and says what came of it; null for a command that is not ours. */
export async function typed({ command, session }: HookInput, folder: string): Promise<string | null> {
  const name = command.name.replace(/^perf-gate:/, '');
  if (name === command.name || !Object.hasOwn(commands, name)) return null;
  return commands[name]!(command.args.trim(), folder, { ...process.env, CLAUDE_CODE_SESSION_ID: session || undefined });
}

function refused(command: string, said: Record<string, unknown>): string {
  const { message = 'It said nothing.', hint = '' } = (said.error ?? {}) as { message?: string; hint?: string };
  return `\`perf-gate ${command}\` was refused: ${message} ${hint}`.trim();
}

import { type AgentName, isAgent } from '../agent/agents.ts';
import { stageFacts } from './stages.ts';
import type { RunState } from './state.ts';

/** The program that does a stage without a person: a shell command, or an installed agent. */
export type Program = { command: string } | { agent: AgentName };

/** The program that does the run's stage: the command that the user gave for the stage, or the agent. Null if a person does the stage. */
export function programOf({ stage, options }: Pick<RunState, 'stage' | 'options'>): Program | null {
  const { command: option, headless } = stageFacts(stage);
  const command = option && options[option];
  if (command) return { command };
  return headless && isAgent(options.agent) ? { agent: options.agent } : null;
}

import { join, relative } from 'node:path';
import type { Budget, Scope } from '../agent/adapter.ts';
import { type AgentName, isAgent } from '../agent/agents.ts';
import type { Task } from '../agent/command.ts';
import { type Answered, runHeadless } from '../agent/headless.ts';
import { sha256 } from '../core/hash.ts';
import { readConfig } from '../record/config.ts';
import { doneFacts } from '../record/effects.ts';
import { contractOf, hasContract } from '../record/history.ts';
import { protectedPatterns } from '../record/seal.ts';
import type { Run, RunState } from '../record/state.ts';
import { approvalMark } from './approval.ts';

/** What a headless agent may touch in each stage; one that is not named here is for somebody else, such as a person's review. */
const scopes: Record<string, (state: RunState) => Omit<Scope, 'draft'>> = {
  scoping: () => draftOnly,
  hotspots: () => draftOnly,
  fix(state) {
    const contract = contractOf(state);
    const { correctness } = contract.guards;
    return {
      edits: 'project',
      protected: protectedPatterns(contract, state.options.contract_file),
      commands: [...(correctness ? [correctness] : []), contract.repro.script],
    };
  },
};

const draftOnly = { edits: 'draft', protected: [], commands: [] } as const;

/** The run's headless agent, where the stage is its to do. It proposes a contract, and a person approves it. */
export function agentOf(run: Run): ((run: Run, task: Task, key: string) => Promise<Answered>) | null {
  const { stage, options } = run.state;
  const name = options.agent;
  const scope = Object.hasOwn(scopes, stage) ? scopes[stage]!(run.state) : null;
  if (!isAgent(name) || !scope || (stage === 'scoping' && !mayScope(run, name))) return null;
  return ({ repo, paths, world, redact }, task, key) => {
    const budget: Budget = readConfig(repo.project).agent;
    const transcript = join(paths.transcripts, `${key}.jsonl`);
    world.notify({ kind: 'note', text: `${name} works on the stage ${stage}; its transcript will be ${transcript}` });
    const draft = relative(repo.project, task.draft);
    return runHeadless(name, { task, budget, scope: { ...scope, draft }, transcript }, world, redact);
  };
}

/** A contract that waits for approval is not the agent's any more, unless the baseline sent it back. */
function mayScope(run: Run, name: AgentName): boolean {
  const waits = hasContract(run.state) && run.state.steps.at(-1)?.stage === 'scoping';
  return !waits && doneFacts(run.state, 'agent', agentMark(run, name)) !== undefined;
}

/**
 * Notes that the person who starts the run wants the agent to propose the contract. It is bound to this machine, as an approval is: a
 * run that came with a clone starts no agent.
 */
export async function letAgentScope(run: Run): Promise<void> {
  const { agent } = run.state.options;
  if (isAgent(agent)) await run.effect('agent', agentMark(run, agent), async () => ({}));
}

const agentMark = (run: Run, name: AgentName) => approvalMark(run, sha256(`agent ${name}`));

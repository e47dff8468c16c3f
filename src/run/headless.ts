import { join, relative } from 'node:path';
import type { Budget, Scope } from '../agent/adapter.ts';
import { type AgentName, isAgent } from '../agent/agents.ts';
import type { Task } from '../agent/command.ts';
import { type Answered, runHeadless } from '../agent/headless.ts';
import { sha256 } from '../core/hash.ts';
import { readConfig } from '../record/config.ts';
import { doneFacts } from '../record/effects.ts';
import { contractOf, waitsForApproval } from '../record/history.ts';
import { protectedOf } from '../record/protected.ts';
import { stageFacts } from '../record/stages.ts';
import type { Run, RunState } from '../record/state.ts';
import { approvalMark } from './approval.ts';

/** The files that a headless agent may change in the stage, and the commands that it may run. */
function scopeOf(state: RunState): Omit<Scope, 'draft'> {
  if (!stageFacts(state.stage).editsProject) return { edits: 'draft', protected: [], commands: [] };
  const contract = contractOf(state);
  const { correctness } = contract.guards;
  return {
    edits: 'project',
    protected: protectedOf(state),
    commands: [...(correctness ? [correctness] : []), contract.repro.script],
  };
}

/**
 * The function by which the run's headless agent does the stage. Null if the agent may not do it. The agent may propose a contract, which a
 * person then approves.
 */
export function agentOf(run: Run, name: AgentName): ((run: Run, task: Task, key: string) => Promise<Answered>) | null {
  const { stage } = run.state;
  const { asksApproval, results } = stageFacts(stage);
  if (asksApproval && !mayScope(run, name)) return null;
  return ({ repo, paths, world, redact }, task, key) => {
    const budget: Budget = readConfig(repo.project).agent;
    const transcript = join(paths.transcripts, `${key}.jsonl`);
    world.notify({ kind: 'note', text: `${name} works on the stage ${stage}; its transcript will be ${transcript}` });
    const draft = relative(repo.project, task.draft);
    const scope = { ...scopeOf(run.state), draft };
    const maySkip = results.includes('skipped');
    return runHeadless(name, { task, budget, scope, maySkip, transcript }, world, redact);
  };
}

/**
 * Whether the agent may write the contract. The agent may not change a contract that waits for approval. If the baseline sent the run back
 * to scoping, the agent may write a new contract.
 */
function mayScope(run: Run, name: AgentName): boolean {
  return !waitsForApproval(run.state) && doneFacts(run.state, 'agent', agentMark(run, name)) !== undefined;
}

/**
 * Records that the person who starts the run wants the agent to propose the contract. Like an approval, the record is valid only on this
 * machine. So a run from a clone starts no agent.
 */
export async function letAgentScope(run: Run): Promise<void> {
  const { agent } = run.state.options;
  if (isAgent(agent)) await run.effect('agent', agentMark(run, agent), async () => ({}));
}

const agentMark = (run: Run, name: AgentName) => approvalMark(run, sha256(`agent ${name}`));

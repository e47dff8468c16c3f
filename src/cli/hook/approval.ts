import { approves } from '../../agent/hooks/approval-call.ts';
import type { HookInput } from '../../agent/hooks/input.ts';

/** Why an agent's call of a shell is refused: it would approve a contract, which is a person's to do. Null for every other call. */
export async function refuseCall({ toolInput }: HookInput, project: string): Promise<string | null> {
  const { command } = toolInput;
  if (typeof command !== 'string' || !approves(command) || (await mayApprove(project))) return null;
  return 'A contract is approved by a person, not by an agent. Ask the user to type /perf-gate:approve, or to run `perf-gate approve` in a terminal of their own.';
}

/** What cannot be read allows nothing. Few calls come as far as this, so the reader of YAML is loaded for them alone. */
async function mayApprove(project: string): Promise<boolean> {
  const { readConfig } = await import('../../record/config.ts');
  try {
    return readConfig(project).agent_may_approve;
  } catch {
    return false;
  }
}

import { approves } from '../../agent/hooks/approval-call.ts';
import type { HookInput } from '../../agent/hooks/input.ts';
import { readConfig } from '../../workflow/config.ts';

/** Why an agent's call of a shell is refused: it would approve a contract, which is a person's to do. Null for every other call. */
export function refuseCall({ toolInput }: HookInput, project: string): string | null {
  const { command } = toolInput;
  if (typeof command !== 'string' || !approves(command) || mayApprove(project)) return null;
  return 'A contract is approved by a person, not by an agent. Ask the user to type /perf-gate:approve, or to run `perf-gate approve` in a terminal of their own.';
}

/** What cannot be read allows nothing. */
function mayApprove(project: string): boolean {
  try {
    return readConfig(project).agent_may_approve;
  } catch {
    return false;
  }
}

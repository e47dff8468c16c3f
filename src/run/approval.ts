import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { hashContract } from '../contract/seal.ts';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { readText } from '../core/read-text.ts';
import { doneFacts } from '../record/effects.ts';
import { hasContract, scopingOf } from '../record/history.ts';
import type { Run, RunState } from '../record/state.ts';

/** The facts about a run that `approvalMark` needs. The environment says where this machine's key is stored. */
type Approvable = {
  repo: Pick<Run['repo'], 'project'>;
  world: Pick<Run['world'], 'env'>;
  state: Pick<RunState, 'run'>;
};

/**
 * A text that binds an approval to this machine. The text depends on the project's path and on a key that never leaves this machine,
 * because a contract runs commands and must not be approved elsewhere. If a run comes from a clone or an archive, perf-gate executes
 * nothing until a person has approved the run on this machine.
 */
export function approvalMark(run: Approvable, contractHash: string): string {
  return markWith(machineKey(run.world.env), run, contractHash);
}

/**
 * Refuses a run whose contract was approved on another machine. `runs`: whether commands of the contract are about to be executed, which
 * needs an approval.
 * @throws foreign_run: the contract was approved on another machine, or commands are about to be executed without an approval
 */
export function mustBeApprovedHere(run: Run, { runs }: { runs: boolean }): void {
  const approval = approvalOf(run);
  if (approval === 'elsewhere' || (runs && approval === 'none')) throw failure('foreign_run', { run: run.state.run });
}

/**
 * Whether the current contract was approved on this machine, elsewhere or not at all. The contract is hashed again, because a forged
 * journal can claim any hash. An approval that does not match this machine's key counts as `elsewhere`.
 */
export function approvalOf(run: Approvable & { state: RunState }): 'none' | 'here' | 'elsewhere' {
  if (!hasContract(run.state) || scopingOf(run.state).approved_by === null) return 'none';
  const { approval, contract } = scopingOf(run.state);
  const key = existsSync(keyFile(run.world.env)) ? machineKey(run.world.env) : null;
  const mark = key && markWith(key, run, hashContract(contract));
  return mark && (approval === mark || doneFacts(run.state, 'approve', mark) !== undefined) ? 'here' : 'elsewhere';
}

function markWith(key: string, { repo, state }: Approvable, contractHash: string): string {
  return createHmac('sha256', key).update(`${repo.project}\0${state.run}\0${contractHash}`).digest('hex');
}

/** The key of this machine: 32 random bytes in hex, made at the first approval. Only the user can read the key's file. */
function machineKey(env: NodeJS.ProcessEnv): string {
  const file = keyFile(env);
  if (!existsSync(file)) writeDurable(file, randomBytes(32).toString('hex'), 0o600);
  return readText(file);
}

function keyFile(env: NodeJS.ProcessEnv): string {
  const state = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  return join(state, 'perf-gate', 'machine-key');
}

import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../core/errors.ts';
import { writeDurable } from '../core/fs.ts';
import { hasContract, scopingOf } from '../stages/shared/history.ts';
import type { Run } from '../stages/shared/run.ts';

/**
 * A contract is code. Its approval is bound to a key that never leaves this machine and to the place of the project, so that a run
 * which came with a clone or an archive does not run anything until a person here has approved it too.
 */
export function approvalMark(run: Run, contractHash: string): string {
  return createHmac('sha256', machineKey(run.world.env))
    .update(`${run.repo.project}\0${run.state.run}\0${contractHash}`)
    .digest('hex');
}

/** Throws `foreign_run` when the contract in force was approved elsewhere. */
export function mustBeApprovedHere(run: Run): void {
  if (!isApprovedHere(run)) throw failure('foreign_run', { run: run.state.run });
}

/** True also where there is nothing approved yet: then nothing is run either. */
export function isApprovedHere(run: Run): boolean {
  if (!hasContract(run.state) || scopingOf(run.state).approved_by === null) return true;
  const { approval, contract_hash } = scopingOf(run.state);
  const mark = approvalMark(run, contract_hash);
  return approval === mark || `approve ${mark}` in run.state.done;
}

/** 32 random bytes, made at the first approval on this machine; readable by the user alone. */
function machineKey(env: NodeJS.ProcessEnv): string {
  const state = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  const file = join(state, 'perf-gate', 'machine-key');
  if (!existsSync(file)) writeDurable(file, randomBytes(32).toString('hex'), 0o600);
  return readFileSync(file, 'utf8');
}

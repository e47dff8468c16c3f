import { cpus } from 'node:os';
import { readSystem, type System, type SystemFacts } from '../../measure/environment/system.ts';

/** `warn`: measuring works, but is less reliable. `fail`: measuring does not work. */
export type Status = 'ok' | 'warn' | 'fail';

/** What a check found. The remedy counts only where the status is not `ok`. */
export type Finding = { status: Status; found: string; remedy?: string };

/** A row of a table of checks. `meaning` says why it matters for a measurement. */
export type Check = { id: string; meaning: string; look(machine: Machine): Finding | Promise<Finding> };

/** A check that was done, as the doctor prints it. `remedy` is null where there is nothing to do. */
export type Checked = { id: string; status: Status; found: string; meaning: string; remedy: string | null };

/** The machine that is checked: `facts` were read once; a check may read more of the system's files. */
export type Machine = System & { cores: number; env: NodeJS.ProcessEnv; facts: SystemFacts };

/** `root` is the folder that holds the system's files: `/` except in tests. */
export function machineAt(root: string, env: NodeJS.ProcessEnv): Machine {
  return { root, cores: cpus().length, env, facts: readSystem({ root }) };
}

export async function checked({ id, meaning, look }: Check, machine: Machine): Promise<Checked> {
  const { status, found, remedy } = await look(machine);
  return { id, status, found, meaning, remedy: status === 'ok' ? null : (remedy ?? null) };
}

import { cpus } from 'node:os';
import { readSystem, type System, type SystemFacts } from '../../measure/environment/system.ts';

/** `warn`: measuring works, but is less reliable. `fail`: measuring does not work. */
export type Status = 'ok' | 'warn' | 'fail';

/** The result of a check. The remedy is printed only if the status is not `ok`. */
export type Finding = { status: Status; found: string; remedy?: string };

/** A check of the machine, for example of its free disk space. `meaning`: why the check matters for a measurement. */
export type Check = { id: string; meaning: string; look(machine: Machine): Finding | Promise<Finding> };

/** The printed form of a completed check. `remedy`: null if nothing has to be done. */
export type Checked = { id: string; status: Status; found: string; meaning: string; remedy: string | null };

/** The checked machine. `facts`: facts that were read once for all checks. A check reads any other fact from the system files itself. */
export type Machine = System & { cores: number; env: NodeJS.ProcessEnv; facts: SystemFacts };

/** `root`: the folder of the system files; `/` except in tests. */
export function machineAt(root: string, env: NodeJS.ProcessEnv): Machine {
  return { root, cores: cpus().length, env, facts: readSystem({ root }) };
}

export async function checked({ id, meaning, look }: Check, machine: Machine): Promise<Checked> {
  const { status, found, remedy } = await look(machine);
  return { id, status, found, meaning, remedy: status === 'ok' ? null : (remedy ?? null) };
}

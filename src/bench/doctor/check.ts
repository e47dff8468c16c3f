import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type System, textAt } from '../../measure/environment/system.ts';

/** `warn`: measuring works, and is less to be trusted; `fail`: it does not work. */
type Status = 'ok' | 'warn' | 'fail';

/** One thing about this machine. `remedy` is null where nothing is to be done. */
export type Check = { id: string; status: Status; found: string; meaning: string; remedy: string | null };

export type Finding = { status: Status; found: string; remedy?: string };

/** A row of a table of checks; `meaning` says why it matters. */
export type Probe = { id: string; meaning: string; look(machine: Machine): Finding | Promise<Finding> };

/** Where to look. */
export type Machine = System & { cores: number; env: NodeJS.ProcessEnv };

export const thisMachine = (env: NodeJS.ProcessEnv): Machine => ({ root: '/', cores: cpus().length, env });

export async function check({ id, meaning, look }: Probe, machine: Machine): Promise<Check> {
  const { status, found, remedy } = await look(machine);
  return { id, status, found, meaning, remedy: status === 'ok' ? null : (remedy ?? null) };
}

/** The texts of one file of every processor, such as `cpufreq/scaling_governor`. */
export function ofEachCpu(machine: Machine, path: string): string[] {
  const dir = 'sys/devices/system/cpu';
  try {
    const names = readdirSync(join(machine.root, dir)).filter((name) => /^cpu\d+$/.test(name));
    return names.flatMap((name) => textAt(machine, join(dir, name, path)) ?? []);
  } catch {
    return [];
  }
}

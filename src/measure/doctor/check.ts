import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** `warn`: measuring works, and is less to be trusted; `fail`: it does not work. */
type Status = 'ok' | 'warn' | 'fail';

/** One thing about this machine. `remedy` is null where nothing is to be done. */
export type Check = { id: string; status: Status; found: string; meaning: string; remedy: string | null };

export type Finding = { status: Status; found: string; remedy?: string };

/** A row of a table of checks; `meaning` says why it matters. */
export type Probe = { id: string; meaning: string; look(machine: Machine): Finding | Promise<Finding> };

/** Where to look. `root` stands before every absolute path of the system's own files: '/' but in tests. */
export type Machine = { root: string; cores: number; env: NodeJS.ProcessEnv };

export const thisMachine = (env: NodeJS.ProcessEnv): Machine => ({ root: '/', cores: cpus().length, env });

export async function check({ id, meaning, look }: Probe, machine: Machine): Promise<Check> {
  const { status, found, remedy } = await look(machine);
  return { id, status, found, meaning, remedy: status === 'ok' ? null : (remedy ?? null) };
}

/** The text of a file of the system; null where there is none, or it may not be read. */
export function textAt({ root }: Machine, path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8').trim();
  } catch {
    return null;
  }
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

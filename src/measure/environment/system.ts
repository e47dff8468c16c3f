import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `root` stands before every absolute path of the system's own files: '/' but in tests. */
export type System = { root: string };

/** The text of a file of the system; null where there is none, or it may not be read. */
export function textAt({ root }: System, path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8').trim();
  } catch {
    return null;
  }
}

/** The hypervisor as far as it shows itself, `unknown` where only that there is one; null where none is seen. */
export function hypervisor(system: System): string | null {
  const flagged = /^flags\s*:.*\bhypervisor\b/m.test(textAt(system, 'proc/cpuinfo') ?? '');
  const vendor = flagged ? (textAt(system, 'sys/class/dmi/id/sys_vendor') ?? 'unknown') : null;
  return textAt(system, 'sys/hypervisor/type') ?? vendor;
}

/** CPUs that a cgroup allows, by `cpu.max` of version 2 (`QUOTA PERIOD`, or `max`), else the two files of version 1 (-1: none). */
export function cpuQuota(system: System): number | null {
  const v2 = textAt(system, 'sys/fs/cgroup/cpu.max')?.split(' ');
  const v1 = ['quota', 'period'].map((part) => textAt(system, `sys/fs/cgroup/cpu/cpu.cfs_${part}_us`));
  const [allowed, period] = (v2 ?? v1).map(Number);
  return allowed && period && allowed > 0 ? allowed / period : null;
}

/** Null where no power supply is shown. */
export function onBattery(system: System): boolean | null {
  for (const adapter of ['AC', 'AC0', 'ACAD', 'ADP0', 'ADP1']) {
    const online = textAt(system, `sys/class/power_supply/${adapter}/online`);
    if (online !== null) return online === '0';
  }
  return null;
}

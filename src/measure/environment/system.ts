import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The location of the system's files. `root` is the folder that contains `proc` and `sys`: `/`, or another folder in tests. */
export type System = { root: string };

/** The current state of the machine, read from Linux's system files. A fact is null if this system does not report it. */
export type SystemFacts = {
  /** Load average over one minute. */
  load: number | null;
  /** The frequency governors in use, each listed once, with CPU 0's governor first. Empty if the system shows no governor. */
  governors: string[];
  /** The memory that programs can still get without swapping, in KB. */
  memory_available_kb: number | null;
  /** The hypervisor's name; `unknown` for a hypervisor without a name. */
  virtualised: string | null;
  /** The number of CPUs that the cgroup allows. Null also for a cgroup without a limit. */
  cpu_quota: number | null;
  on_battery: boolean | null;
};

/** Reads all facts once. */
export function readSystem(system: System): SystemFacts {
  return {
    load: loadAverage(system),
    governors: [...new Set(textsOfCpus(system, 'cpufreq/scaling_governor'))],
    memory_available_kb: memoryKb(system, 'MemAvailable'),
    virtualised: hypervisor(system),
    cpu_quota: cpuQuota(system),
    on_battery: onBattery(system),
  };
}

/** The text of a system file. Null if the file is missing or unreadable. */
export function textAt({ root }: System, path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8').trim();
  } catch {
    return null;
  }
}

/** The text of a file such as `cpufreq/scaling_governor` for each CPU that has this file, in the order of the CPUs. */
export function textsOfCpus(system: System, path: string): string[] {
  const dir = 'sys/devices/system/cpu';
  try {
    const numbers = readdirSync(join(system.root, dir)).flatMap((name) => /^cpu(\d+)$/.exec(name)?.[1] ?? []);
    const inOrder = numbers.map(Number).sort((a, b) => a - b);
    return inOrder.flatMap((n) => textAt(system, join(dir, `cpu${n}`, path)) ?? []);
  } catch {
    return [];
  }
}

/** An amount of memory in KB from `/proc/meminfo`. `name`: the name of its line, such as `SwapTotal`. */
export function memoryKb(system: System, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(textAt(system, 'proc/meminfo') ?? '');
  return found ? Number(found[1]) : null;
}

/** The load average over one minute. */
export function loadAverage(system: System): number | null {
  const text = textAt(system, 'proc/loadavg');
  return text === null ? null : Number(text.split(' ')[0]);
}

function hypervisor(system: System): string | null {
  const flagged = /^flags\s*:.*\bhypervisor\b/m.test(textAt(system, 'proc/cpuinfo') ?? '');
  const vendor = flagged ? (textAt(system, 'sys/class/dmi/id/sys_vendor') ?? 'unknown') : null;
  return textAt(system, 'sys/hypervisor/type') ?? vendor;
}

/**
 * Reads `cpu.max` of cgroup version 2, which holds `QUOTA PERIOD` or `max`. Without this file, reads the two files of version 1, in which
 * -1 means no limit.
 */
function cpuQuota(system: System): number | null {
  const v2 = textAt(system, 'sys/fs/cgroup/cpu.max')?.split(' ');
  const v1 = ['quota', 'period'].map((part) => textAt(system, `sys/fs/cgroup/cpu/cpu.cfs_${part}_us`));
  const [allowed, period] = (v2 ?? v1).map(Number);
  return allowed && period && allowed > 0 ? allowed / period : null;
}

function onBattery(system: System): boolean | null {
  for (const adapter of ['AC', 'AC0', 'ACAD', 'ADP0', 'ADP1']) {
    const online = textAt(system, `sys/class/power_supply/${adapter}/online`);
    if (online !== null) return online === '0';
  }
  return null;
}

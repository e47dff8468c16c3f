import { arch, cpus, freemem, loadavg, platform, release, totalmem } from 'node:os';
import { cpuQuota, hypervisor, onBattery, textAt } from './system.ts';

/** Where a measurement was made. Loads are averages over one minute, memory in MB; null where it cannot be told. */
export type Environment = {
  cpu_model: string;
  cores: number;
  load_start: number;
  load_end: number;
  governor: string | null;
  memory_total_mb: number;
  memory_free_mb: number;
  node: string;
  platform: string;
  kernel: string;
  /** The hypervisor as far as it shows itself. */
  virtualised: string | null;
  /** CPUs that a cgroup allows. */
  cpu_quota: number | null;
  on_battery: boolean | null;
  warnings: Warning[];
};

/** What makes a measurement less to be trusted, as data: sentences are made by the report. */
export type Warning =
  | { code: 'high_load'; load: number; cores: number }
  | { code: 'slow_governor'; governor: string }
  | { code: 'on_battery' }
  | { code: 'cpu_quota'; cpus: number; cores: number }
  | { code: 'low_memory'; free_mb: number };

const here = { root: '/' };

/** Reads the environment now; `end()` completes it with the load at the end and the warnings. */
export function describeEnvironment(): { end(): Environment } {
  const cores = cpus();
  const start = {
    cpu_model: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    load_start: round(loadavg()[0] ?? 0),
    governor: textAt(here, 'sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    memory_total_mb: Math.round(totalmem() / 1024 ** 2),
    memory_free_mb: Math.round((availableKb() ?? freemem() / 1024) / 1024),
    node: process.version,
    platform: `${platform()} ${arch()}`,
    kernel: release(),
    virtualised: hypervisor(here),
    cpu_quota: cpuQuota(here),
    on_battery: onBattery(here),
  };
  return {
    end() {
      const whole = { ...start, load_end: round(loadavg()[0] ?? 0) };
      return { ...whole, warnings: warningsOf(whole) };
    },
  };
}

/** What is to be warned of, from the facts alone. One of our own programs runs all the time: a load of 1 is ours. */
export function warningsOf(facts: Omit<Environment, 'warnings'>): Warning[] {
  const { cores, governor, cpu_quota, memory_free_mb } = facts;
  const warnings: Warning[] = [];
  const load = Math.max(facts.load_start, facts.load_end);
  if (load > Math.max(cores, 1.5)) warnings.push({ code: 'high_load', load, cores });
  if (governor === 'powersave' || governor === 'conservative') warnings.push({ code: 'slow_governor', governor });
  if (facts.on_battery) warnings.push({ code: 'on_battery' });
  if (cpu_quota !== null && cpu_quota < cores) warnings.push({ code: 'cpu_quota', cpus: cpu_quota, cores });
  if (memory_free_mb < 256) warnings.push({ code: 'low_memory', free_mb: memory_free_mb });
  return warnings;
}

function round(load: number): number {
  return Math.round(load * 100) / 100;
}

/** MemAvailable: what `free` forgets is that caches can be given back. */
function availableKb(): number | null {
  const found = /^MemAvailable:\s+(\d+)/m.exec(textAt(here, 'proc/meminfo') ?? '');
  return found ? Number(found[1]) : null;
}

import { arch, cpus, freemem, loadavg, platform, release, totalmem } from 'node:os';
import { loadAverage, readSystem } from './system.ts';

/** Facts about the machine during a measurement. Loads are averages over one minute. A fact is null if this system does not report it. */
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
  /** The hypervisor's name; `unknown` for a hypervisor without a name. */
  virtualised: string | null;
  /** The number of CPUs that the cgroup allows. Null also for a cgroup without a limit. */
  cpu_quota: number | null;
  on_battery: boolean | null;
  warnings: Warning[];
};

/** A reason, such as a high load, why a measurement is less reliable. The report turns these data into a sentence. */
export type Warning =
  | { code: 'high_load'; load: number; cores: number }
  | { code: 'slow_governor'; governor: string }
  | { code: 'on_battery' }
  | { code: 'cpu_quota'; cpus: number; cores: number }
  | { code: 'low_memory'; free_mb: number };

const here = { root: '/' };

/**
 * Reads the facts about the machine at the start of a measurement. `end()` returns these facts, the load at the end of the measurement, and
 * the warnings.
 */
export function describeEnvironment(): { end(): Environment } {
  const cores = cpus();
  const system = readSystem(here);
  const available = system.memory_available_kb;
  const start = {
    cpu_model: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    load_start: load(),
    governor: system.governors[0] ?? null,
    memory_total_mb: Math.round(totalmem() / 1024 ** 2),
    memory_free_mb: Math.round((available ?? freemem() / 1024) / 1024),
    node: process.version,
    platform: `${platform()} ${arch()}`,
    kernel: release(),
    virtualised: system.virtualised,
    cpu_quota: system.cpu_quota,
    on_battery: system.on_battery,
  };
  return {
    end() {
      const whole = { ...start, load_end: load() };
      return { ...whole, warnings: warningsOf(whole) };
    },
  };
}

/**
 * The warnings that follow from the facts about the machine. The measured program itself causes a load of 1, so a load of 1 is no reason
 * for a warning.
 */
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

function load(): number {
  return Math.round((loadAverage(here) ?? loadavg()[0] ?? 0) * 100) / 100;
}

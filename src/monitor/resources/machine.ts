import { readOf } from './proc.ts';

/**
 * The load of the machine. The pressures are the shares of the last 10 seconds in which tasks waited, in per cent; null if Linux does not
 * report pressures.
 */
export type MachineLook = {
  /** The load average of the last minute, in processes per core. */
  load: number;
  /** The number of threads per core that run or are ready to run. */
  running: number;
  cpu_pressure_pct: number | null;
  io_pressure_pct: number | null;
  memory_pressure_pct: number | null;
};

export function machineLook(cores: number): MachineLook {
  const [, load = '0', running = '0'] = /^(\S+) \S+ \S+ (\d+)\//.exec(readOf('/proc/loadavg') ?? '') ?? [];
  return {
    load: Number(load) / cores,
    running: Number(running) / cores,
    cpu_pressure_pct: pressure('cpu'),
    io_pressure_pct: pressure('io'),
    memory_pressure_pct: pressure('memory'),
  };
}

function pressure(of: string): number | null {
  const [, share] = /^some avg10=([\d.]+)/.exec(readOf(`/proc/pressure/${of}`) ?? '') ?? [];
  return share === undefined ? null : Number(share);
}

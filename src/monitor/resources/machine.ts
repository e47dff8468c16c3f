import { readOf } from './proc.ts';

/** The load of the machine. Pressures: per cent of the last 10 seconds in which tasks waited; null if Linux does not report them. */
export type MachineLook = {
  /** Mean of the last minute, in processes per core. */
  load: number;
  /** Threads that run or could run, per core. */
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

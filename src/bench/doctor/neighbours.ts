import { percent } from '../../core/figures.ts';
import { cpuQuota, hypervisor, textAt } from '../../measure/environment/system.ts';
import type { Finding, Machine, Probe } from './check.ts';

/** Who else takes time and memory. */
export const neighbourProbes: Probe[] = [
  { id: 'load', meaning: 'Other programs take the processor away in the middle of a run.', look: load },
  {
    id: 'pressure',
    meaning: 'The share of time in which something waited for processor, memory or disk.',
    look: pressure,
  },
  { id: 'memory', meaning: 'With little free memory a program waits for pages.', look: memory },
  { id: 'swap', meaning: 'What was swapped out comes back from the disk, at any time.', look: swap },
  {
    id: 'virtualisation',
    meaning: 'A virtual machine shares its processor with others that cannot be seen.',
    look: virtualisation,
  },
  { id: 'steal', meaning: 'Time in which the hypervisor let others run.', look: steal },
  { id: 'cpu_quota', meaning: 'A program that has used up its quota stands still until the next period.', look: quota },
];

const QUIET = 'End what else runs, or wait until it is done.';

function load(machine: Machine): Finding {
  const { cores } = machine;
  const text = textAt(machine, 'proc/loadavg');
  if (text === null) return { status: 'ok', found: 'not shown' };
  const average = Number(text.split(' ')[0]);
  const status = average > Math.max(1, cores / 2) ? 'warn' : 'ok';
  return { status, found: `${average} on ${cores} cores`, remedy: QUIET };
}

/** Per cent of the last ten seconds from which on it is worth a warning. */
const tolerable = { cpu: 20, memory: 1, io: 10 };

function pressure(machine: Machine): Finding {
  const seen = Object.entries(tolerable).flatMap(([what, most]) => {
    const share = /^some avg10=([\d.]+)/m.exec(textAt(machine, `proc/pressure/${what}`) ?? '')?.[1];
    return share === undefined ? [] : [{ what, share: Number(share), most }];
  });
  if (seen.length === 0) return { status: 'ok', found: 'not shown' };
  const status = seen.some(({ share, most }) => share > most) ? 'warn' : 'ok';
  return { status, found: seen.map(({ what, share }) => `${what} ${share} %`).join(', '), remedy: QUIET };
}

function memory(machine: Machine): Finding {
  const free = kbOf(machine, 'MemAvailable');
  if (free === null) return { status: 'ok', found: 'not shown' };
  const remedy = 'End what uses memory; the two copies that are compared need some too.';
  return { status: free < 512 * 1024 ? 'warn' : 'ok', found: `${Math.round(free / 1024)} MB available`, remedy };
}

function swap(machine: Machine): Finding {
  const [total, free, memory] = ['SwapTotal', 'SwapFree', 'MemTotal'].map((name) => kbOf(machine, name));
  if (total === null || total === undefined || free == null || memory == null)
    return { status: 'ok', found: 'not shown' };
  if (total === 0) return { status: 'ok', found: 'none' };
  const used = total - free;
  const found = `${Math.round(used / 1024)} of ${Math.round(total / 1024)} MB used`;
  return {
    status: used > memory / 20 ? 'warn' : 'ok',
    found,
    remedy: 'sudo swapoff -a, where there is memory enough.',
  };
}

function virtualisation(machine: Machine): Finding {
  const name = hypervisor(machine);
  const maker = name === 'unknown' ? '' : ` (${name})`;
  return { status: 'ok', found: name === null ? 'none seen' : `virtual machine${maker}` };
}

/** The eighth number of the first line of /proc/stat, against all of them (guest time is in user time already). */
function steal(machine: Machine): Finding {
  const ticks = /^cpu\s+(.+)$/m
    .exec(textAt(machine, 'proc/stat') ?? '')?.[1]
    ?.split(/\s+/)
    .slice(0, 8)
    .map(Number);
  if (!ticks) return { status: 'ok', found: 'not shown' };
  const share = (100 * (ticks[7] ?? 0)) / ticks.reduce((sum, n) => sum + n, 0);
  const remedy = 'Measure on a machine of your own, or on one with dedicated processors.';
  return { status: share > 1 ? 'warn' : 'ok', found: `${percent(share, 2)} since the start`, remedy };
}

function quota(machine: Machine): Finding {
  const cpus = cpuQuota(machine);
  if (cpus === null) return { status: 'ok', found: 'none' };
  const found = `${Number(cpus.toFixed(2))} of ${machine.cores} processors`;
  const remedy = 'Give the container whole processors (a cpuset) in place of a share of time.';
  return { status: cpus < machine.cores ? 'warn' : 'ok', found, remedy };
}

function kbOf(machine: Machine, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(textAt(machine, 'proc/meminfo') ?? '');
  return found ? Number(found[1]) : null;
}

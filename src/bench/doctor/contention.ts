import { percent } from '../../core/figures.ts';
import { memoryKb, textAt } from '../../measure/environment/system.ts';
import type { Check, Finding, Machine } from './check.ts';

/** Checks for other users of processor time and memory: programs on this machine, and other virtual machines on the same hardware. */
export const contentionChecks: Check[] = [
  { id: 'load', meaning: 'Other programs interrupt the measured program.', look: load },
  {
    id: 'pressure',
    meaning: 'The share of time in which some process waited for processor, memory or disk.',
    look: pressure,
  },
  {
    id: 'memory',
    meaning: 'If little memory is free, a program waits until its memory pages are read from the disk.',
    look: memory,
  },
  {
    id: 'swap',
    meaning: 'Memory that was swapped out must be read from the disk again, at unpredictable times.',
    look: swap,
  },
  {
    id: 'virtualisation',
    meaning: 'A virtual machine shares its processor with other machines that it cannot see.',
    look: virtualisation,
  },
  { id: 'steal', meaning: 'The share of time in which the hypervisor let other machines run.', look: steal },
  { id: 'cpu_quota', meaning: 'A program that has used up its quota is stopped until the next period.', look: quota },
];

const QUIET = 'End the other programs, or wait until they have ended.';

function load({ facts, cores }: Machine): Finding {
  if (facts.load === null) return { status: 'ok', found: 'not shown' };
  const status = facts.load > Math.max(1, cores / 2) ? 'warn' : 'ok';
  return { status, found: `${facts.load} on ${cores} cores`, remedy: QUIET };
}

/** The limits for a warning: the percentage of the last ten seconds in which at least one program waited for the resource. */
const tolerable = { cpu: 20, memory: 1, io: 10 };

function pressure(machine: Machine): Finding {
  const shares = Object.entries(tolerable).flatMap(([resource, most]) => {
    const share = /^some avg10=([\d.]+)/m.exec(textAt(machine, `proc/pressure/${resource}`) ?? '')?.[1];
    return share === undefined ? [] : [{ resource, share: Number(share), most }];
  });
  if (shares.length === 0) return { status: 'ok', found: 'not shown' };
  const status = shares.some(({ share, most }) => share > most) ? 'warn' : 'ok';
  return { status, found: shares.map(({ resource, share }) => `${resource} ${share} %`).join(', '), remedy: QUIET };
}

function memory({ facts }: Machine): Finding {
  const free = facts.memory_available_kb;
  if (free === null) return { status: 'ok', found: 'not shown' };
  const remedy = 'End programs that use much memory; the two compared copies need memory too.';
  return { status: free < 512 * 1024 ? 'warn' : 'ok', found: `${Math.round(free / 1024)} MB available`, remedy };
}

function swap(machine: Machine): Finding {
  const [total, free, ram] = ['SwapTotal', 'SwapFree', 'MemTotal'].map((name) => memoryKb(machine, name));
  if (total == null || free == null || ram == null) return { status: 'ok', found: 'not shown' };
  if (total === 0) return { status: 'ok', found: 'none' };
  const used = total - free;
  return {
    status: used > ram / 20 ? 'warn' : 'ok',
    found: `${Math.round(used / 1024)} of ${Math.round(total / 1024)} MB used`,
    remedy: 'If there is enough memory: sudo swapoff -a',
  };
}

function virtualisation({ facts: { virtualised } }: Machine): Finding {
  const maker = virtualised === 'unknown' ? '' : ` (${virtualised})`;
  return { status: 'ok', found: virtualised === null ? 'none seen' : `virtual machine${maker}` };
}

/**
 * Steal time: the eighth number in the first line of /proc/stat, as a share of the first eight. The later numbers (guest times) are not
 * added, because user and nice time already include them.
 */
function steal(machine: Machine): Finding {
  const ticks = /^cpu\s+(.+)$/m
    .exec(textAt(machine, 'proc/stat') ?? '')?.[1]
    ?.split(/\s+/)
    .slice(0, 8)
    .map(Number);
  if (!ticks) return { status: 'ok', found: 'not shown' };
  const share = (100 * (ticks[7] ?? 0)) / ticks.reduce((sum, n) => sum + n, 0);
  const remedy = 'Measure on a physical machine, or on a virtual one with dedicated processors.';
  return { status: share > 1 ? 'warn' : 'ok', found: `${percent(share, 2)} since the start`, remedy };
}

function quota({ facts, cores }: Machine): Finding {
  const cpus = facts.cpu_quota;
  if (cpus === null) return { status: 'ok', found: 'none' };
  const found = `${Number(cpus.toFixed(2))} of ${cores} processors`;
  const remedy = 'Give the container whole processors (a cpuset) instead of a share of time.';
  return { status: cpus < cores ? 'warn' : 'ok', found, remedy };
}

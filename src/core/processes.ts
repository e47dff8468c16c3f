import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * The start time of a process in clock ticks since boot (field 22 of /proc/PID/stat). Empty on a system without /proc. Undefined if no
 * process has this pid, or if the process is a zombie. In a container, a zombie possibly never disappears.
 */
export function startOf(pid: number): string | undefined {
  try {
    const [state, ...rest] = statOf(pid);
    return state === 'Z' || state === 'X' ? undefined : rest[18];
  } catch {
    if (process.platform === 'linux') return undefined;
    try {
      process.kill(pid, 0);
      return '';
    } catch {
      return undefined;
    }
  }
}

/** Whether a process is stopped, for example by Ctrl-Z. False if the system does not report this. */
export function isStopped(pid: number): boolean {
  try {
    return ['T', 't'].includes(statOf(pid)[0] ?? '');
  } catch {
    return false;
  }
}

/**
 * The state of a process, and all fields of /proc/PID/stat after the state. The state follows the program's name, which is in brackets and
 * can itself contain blanks and brackets. So the text after the last bracket is read.
 */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The CPU time in ms of a process and of its ended children, in steps of 10 ms. 0 if the process itself has ended. */
export function cpuOf(pid: number): number {
  try {
    return (
      10 *
      statOf(pid)
        .slice(11, 15)
        .reduce((sum, ticks) => sum + Number(ticks), 0)
    );
  } catch {
    return 0;
  }
}

/** The id that the kernel gave to the current boot of the machine. Empty if the system has no such id. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** A process: its pid, and the name of its program. */
export type Process = { pid: number; name: string };

/**
 * All processes that this user can see, except this process. The name of a process can be empty. The list is empty on a system without
 * /proc.
 */
export function allProcesses(): Process[] {
  if (!existsSync('/proc/self/comm')) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.flatMap((pid) => {
    try {
      return [{ pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }];
    } catch {
      return []; // it has ended
    }
  });
}

/** The other processes that were started with this variable (`NAME=value`) in their environment. */
export function processesWith(variable: string): Process[] {
  return allProcesses().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable);
    } catch {
      return false; // the process has ended, or belongs to another user
    }
  });
}

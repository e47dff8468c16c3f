import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * When a process was started, in clock ticks since boot (field 22 of /proc/PID/stat). Without /proc an empty string; undefined for no
 * process, and for one that has ended and whose parent does not ask for it: in a container that may last for ever.
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

/** Whether a process was stopped, as by Ctrl-Z; false where nothing tells. */
export function isStopped(pid: number): boolean {
  try {
    return ['T', 't'].includes(statOf(pid)[0] ?? '');
  } catch {
    return false;
  }
}

/** The fields of /proc/PID/stat from the state on: the name before it may hold anything. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Names this boot of the machine; an empty string where nothing does. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** A process by its number, and the name of its program. */
export type Process = { pid: number; name: string };

/** Other processes that have this variable with this value (`NAME=value`) in the environment they were started with. */
export function processesWith(variable: string): Process[] {
  if (!existsSync('/proc/self/environ')) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.flatMap((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable)) return [];
      return [{ pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }];
    } catch {
      return []; // it has ended, or is another user's
    }
  });
}

import { readFileSync } from 'node:fs';

/**
 * When a process was started, in clock ticks since boot (field 22 of /proc/PID/stat). Without /proc an empty string; undefined for no
 * process, and for one that has ended and whose parent does not ask for it: in a container that may last for ever.
 */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
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

/** Names this boot of the machine; an empty string where nothing does. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

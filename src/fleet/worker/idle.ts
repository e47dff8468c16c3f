import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { percent } from '../../core/figures.ts';

/** The shortest time span, in ms, that shows how busy the processors are. */
const WINDOW_MS = 500;

/**
 * Returns a function that decides whether the machine is too busy to measure: more than `mostPct` per cent of the processors are in use.
 * The returned function measures the processors' use since its last call. If the last call was less than half a second ago, the function
 * first waits. It returns the reason in words, or null if the machine is idle enough. If `mostPct` is 100, the returned function always
 * returns null.
 */
export function processorsInUse(mostPct: number, clock: Clock): () => Promise<string | null> {
  const use = processorUse();
  let since = clock.ms();
  return async () => {
    if (mostPct >= 100) return null;
    await sleep(Math.max(0, since + WINDOW_MS - clock.ms()));
    since = clock.ms();
    const usedPct = 100 * (use() ?? 0);
    return usedPct > mostPct
      ? `it waits until less than ${percent(mostPct, 0)} of its processors are in use (now ${percent(usedPct, 0)})`
      : null;
  };
}

/** The ticks of all processors since boot: the used ticks, and the total. */
type Ticks = { used: number; all: number };

/**
 * Returns a function that measures how busy the processors were since its last call. The result is a share from 0 to 1, or null if the
 * system does not report it. `root`: the root folder of the file system that contains `proc/stat`.
 */
export function processorUse(root = '/'): () => number | null {
  let last = ticksIn(root);
  return () => {
    const now = ticksIn(root);
    const used = last && now && now.all > last.all ? (now.used - last.used) / (now.all - last.all) : null;
    last = now;
    return used;
  };
}

/**
 * Reads the first line of /proc/stat. Its fields are user, nice, system, idle, iowait, irq, softirq and steal. The fields user and nice
 * include the time of guests (virtual machines).
 */
function ticksIn(root: string): Ticks | null {
  try {
    const [first = ''] = readFileSync(join(root, 'proc/stat'), 'utf8').split('\n');
    const ticks = first.trim().split(/\s+/).slice(1, 9).map(Number);
    const all = ticks.reduce((sum, n) => sum + n, 0);
    return first.startsWith('cpu ') && all > 0 ? { used: all - ticks[3]! - ticks[4]!, all } : null;
  } catch {
    return null;
  }
}

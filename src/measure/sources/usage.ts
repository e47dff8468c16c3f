import type { Figures } from '../instruments/figures.ts';
import type { MeasuredSource } from './source.ts';

/** The sources that the instrument measures in every execution: times in ms, memory in KB (1024 bytes). */
export const measured = {
  wall: {
    about: 'the time from start to end',
    unit: 'ms',
    offeredBy: ['compare'],
    needs: ['wall_ms'],
    read: (usage) => usage.wall_ms,
  },
  undelayed_wall: {
    about:
      'wall time minus the main thread’s waits for a processor and minus the delay with which the measuring helper notices the program’s end (Linux); the load of other programs hardly affects this time',
    unit: 'ms',
    offeredBy: ['measure', 'compare'],
    needs: ['wall_ms', 'user_ms', 'sys_ms', 'main_run_ms', 'main_delay_ms'],
    read: undelayed,
  },
  user_cpu: {
    about: 'CPU time in user space, of all processes together',
    unit: 'ms',
    offeredBy: ['measure'],
    needs: ['user_ms'],
    read: (usage) => usage.user_ms,
  },
  sys_cpu: {
    about: 'CPU time in the kernel, of all processes together',
    unit: 'ms',
    offeredBy: ['measure'],
    needs: ['sys_ms'],
    read: (usage) => usage.sys_ms,
  },
  cpu: {
    about: '`user_cpu` and `sys_cpu` together',
    unit: 'ms',
    offeredBy: ['measure', 'compare'],
    needs: ['user_ms', 'sys_ms'],
    read: ({ user_ms, sys_ms }) => (user_ms === null || sys_ms === null ? null : user_ms + sys_ms),
  },
  max_rss: {
    about:
      'peak memory (resident set size) of the largest single process; a process that its parent did not wait for is left out; `tree_rss` is the sum of all processes',
    unit: 'KB',
    offeredBy: ['measure', 'compare'],
    needs: ['max_rss_kb'],
    read: (usage) => usage.max_rss_kb,
  },
  tree_rss: {
    about:
      'peak memory of all processes together (Linux): read from a cgroup of the command, or sampled while the command runs, which adds a little wall time',
    unit: 'KB',
    offeredBy: ['measure', 'compare'],
    needs: ['tree_rss_kb'],
    lacking: 'the command ended before its memory could be sampled',
    read: (usage) => usage.tree_rss_kb,
  },
} satisfies Record<string, MeasuredSource>;

/**
 * Wall time in ms without two waits: the time that the main thread waited for a processor, and the time that the helper waited before it
 * noticed the program's end. The main thread can also wait because the program's other threads or its children use the processor. So the
 * CPU time of these threads and children is first deducted from the main thread's wait, and only the remainder is subtracted. Null if a
 * needed figure is missing.
 */
function undelayed(figures: Figures): number | null {
  const { wall_ms, user_ms, sys_ms, main_run_ms, main_delay_ms, end_delay_ms } = figures;
  if (user_ms === null || sys_ms === null || main_run_ms === null || main_delay_ms === null) return null;
  const ofOthersInTheTree = Math.max(0, user_ms + sys_ms - main_run_ms);
  return Math.max(0, wall_ms - (end_delay_ms ?? 0) - Math.max(0, main_delay_ms - ofOthersInTheTree));
}

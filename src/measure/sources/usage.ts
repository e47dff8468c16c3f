import type { MeasuredSource } from './source.ts';

/** What the instrument measures in every execution: times in ms, memory in KB (1024 bytes). */
export const measured = {
  wall: {
    about: 'the time from start to end',
    unit: 'ms',
    offeredBy: ['compare'],
    needs: 'wall',
    read: (usage) => usage.wall_ms,
  },
  user_cpu: {
    about: 'CPU time in user space, of all processes together',
    unit: 'ms',
    offeredBy: ['measure'],
    needs: 'cpu',
    read: (usage) => usage.user_ms,
  },
  sys_cpu: {
    about: 'CPU time in the kernel, of all processes together',
    unit: 'ms',
    offeredBy: ['measure'],
    needs: 'cpu',
    read: (usage) => usage.sys_ms,
  },
  cpu: {
    about: '`user_cpu` and `sys_cpu` together',
    unit: 'ms',
    offeredBy: ['measure', 'compare'],
    needs: 'cpu',
    read: ({ user_ms, sys_ms }) => (user_ms === null || sys_ms === null ? null : user_ms + sys_ms),
  },
  max_rss: {
    about: 'peak memory (resident set size) of the largest process',
    unit: 'KB',
    offeredBy: ['measure', 'compare'],
    needs: 'rss',
    read: (usage) => usage.max_rss_kb,
  },
} satisfies Record<string, MeasuredSource>;

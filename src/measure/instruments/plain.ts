import { runGroup } from './group.ts';
import type { Method } from './instrument.ts';

/** Node's own spawn: wall time only. */
export const plain: Method = {
  name: 'plain',
  prepare: async () => ({
    method: 'plain',
    sees: ['wall'],
    measure: (job, signal) => runGroup(job.argv, job, signal),
    supervise: null,
  }),
};

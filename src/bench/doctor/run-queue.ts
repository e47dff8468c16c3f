import { join } from 'node:path';
import { run } from '../../core/exec.ts';
import { percent } from '../../core/figures.ts';
import type { Check, Finding, Machine } from './check.ts';

/** How long a program that is ready waits here, now, until it gets a processor. */
export const runQueueChecks: Check[] = [
  {
    id: 'run_queue',
    meaning:
      'How long a busy loop waits for a processor just now. Wall time grows by that, and varies with it; `undelayed_wall` takes it off.',
    look: runQueue,
  },
];

/** A loop of some 200 ms. The shell then tells of itself how long it ran and waited, in ns: `read` is part of it, no child. */
const loop = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; read ran waited rest < "$1" && echo $ran $waited';

/** From this share on wall time is worse than what the usual number of runs can deal with, in per cent. */
const tolerable = 5;

async function runQueue({ root, env }: Machine): Promise<Finding> {
  const schedstat = join(root, 'proc/self/schedstat');
  const { stdout } = await run('sh', ['-c', loop, 'sh', schedstat], { env, timeoutMs: 60_000 });
  const [ran = 0, waited = 0] = stdout.split(' ').map(Number);
  // A kernel that keeps no such figures says 0.
  if (!(ran > 0)) return { status: 'ok', found: 'not shown: no schedstat here, and so no undelayed_wall' };
  const share = (100 * waited) / (ran + waited);
  const longer = (100 * waited) / ran;
  return {
    status: share > tolerable ? 'warn' : 'ok',
    found: `a busy loop waits ${percent(share)} of its time: wall time is ${percent(longer)} longer than without load`,
    remedy:
      'Measure undelayed wall time (`source: undelayed_wall`, `--primary undelayed_wall`), or end the other programs.',
  };
}

import { join } from 'node:path';
import { run } from '../../core/exec.ts';
import { percent } from '../../core/figures.ts';
import type { Check, Finding, Machine } from './check.ts';

/** Checks how long a runnable program currently waits for a processor. */
export const runQueueChecks: Check[] = [
  {
    id: 'run_queue',
    meaning:
      'How long a busy loop currently waits for a processor. Wall time includes this wait and varies with it; `undelayed_wall` subtracts it.',
    look: runQueue,
  },
];

/**
 * A loop of about 200 ms. After the loop, the shell reads how long it ran and how long it waited for a processor, in ns. The command `read`
 * is a builtin, so no child process is measured.
 */
const loop = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; read ran waited rest < "$1" && echo $ran $waited';

/**
 * The limit for a warning: the percentage of its time that the loop waits for a processor. Above this limit, the usual number of executions
 * is too small to judge wall time.
 */
const tolerable = 5;

async function runQueue({ root, env }: Machine): Promise<Finding> {
  const schedstat = join(root, 'proc/self/schedstat');
  const { stdout } = await run('sh', ['-c', loop, 'sh', schedstat], { env, timeoutMs: 60_000 });
  const [ran = 0, waited = 0] = stdout.split(' ').map(Number);
  // `ran` is 0 if the kernel has no scheduler statistics
  if (!(ran > 0))
    return { status: 'ok', found: 'not shown: this kernel has no schedstat, so undelayed_wall cannot be measured' };
  const share = (100 * waited) / (ran + waited);
  const longer = (100 * waited) / ran;
  return {
    status: share > tolerable ? 'warn' : 'ok',
    found: `a busy loop waits ${percent(share)} of its time: wall time is ${percent(longer)} longer than without load`,
    remedy:
      'Measure undelayed wall time (`source: undelayed_wall`, `--primary undelayed_wall`), or end the other programs.',
  };
}

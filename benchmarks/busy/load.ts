import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { start } from '../../src/core/exec.ts';

/** Keeps a processor busy until its parent is gone, for at most half an hour of CPU time, so that a killed benchmark leaves no process. */
const busy =
  'ulimit -t 1800; while kill -0 "$1" 2>/dev/null; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; done';

/** Runs `act` while `perProcessor` busy processes per processor run, and always stops them afterwards. */
export async function underLoad<T>(perProcessor: number, act: () => Promise<T>): Promise<T> {
  const processes: ChildProcess[] = [];
  const stop = () => {
    for (const child of processes) child.kill('SIGKILL');
  };
  const interrupted = () => process.exit(130);
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    for (let i = 0; i < perProcessor * availableParallelism(); i++) {
      // each in its own session, because a scheduler that is fair between sessions would treat all as one
      const options = { stdio: 'ignore', detached: true } as const;
      processes.push(start('sh', ['-c', busy, 'sh', String(process.pid)], options));
    }
    return await act();
  } finally {
    stop();
    process.removeListener('exit', stop);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupted);
  }
}

import type { ChildProcess } from 'node:child_process';

/** Calls `stop` when the signal is raised (at once if it is already) or our own process ends, until the child has ended. */
export function stopWith(child: ChildProcess, signal: AbortSignal | undefined, stop: () => void): void {
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  process.once('exit', stop);
  const leave = () => {
    signal?.removeEventListener('abort', stop);
    process.removeListener('exit', stop);
  };
  child.once('close', leave);
  child.once('error', leave);
}

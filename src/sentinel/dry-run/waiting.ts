/** How long a hook may only wait before it is stopped, in ms. */
const PATIENCE_MS = 5000;

/** The share of one processor's time up to which a hook counts as waiting. A polling loop uses no more. */
const WAITING = 0.02;

const LOOK_MS = 1000;

/**
 * Stops an execution that only waits: for a network that the cage does not have, for a user, or for a time. `cpuMs`: returns the CPU time
 * of all processes in the cage. `tell` is called each second with the run time in s.
 */
export function waitingGuard(cpuMs: () => number, tell: (seconds: number) => void) {
  const guard = new AbortController();
  const looks = [cpuMs()];
  const back = PATIENCE_MS / LOOK_MS;
  const watch = setInterval(() => {
    looks.push(cpuMs());
    tell(looks.length - 1);
    const before = looks.at(-1 - back);
    if (before !== undefined && looks.at(-1)! - before <= WAITING * PATIENCE_MS) guard.abort();
  }, LOOK_MS);
  return { stop: guard.signal, leave: () => clearInterval(watch) };
}

/** The time in ms after which perf-gate stops a hook that does nothing but wait. */
const PATIENCE_MS = 5000;

/** A hook counts as waiting if it uses at most this share of one processor's time. A polling loop stays below this share. */
const WAITING = 0.02;

const LOOK_MS = 1000;

/**
 * Stops an execution that does nothing but wait: for a network that the cage does not have, for a user, or for a time. `cpuMs`: returns the
 * CPU time of all processes in the cage. Each second, `tell` is called with the time that the execution has taken, in s.
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

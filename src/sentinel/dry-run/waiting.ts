/** How long a hook may do nothing but wait, in ms, where nobody but the cage can answer it. */
const PATIENCE_MS = 5000;

/** Up to this part of one processor, in the time of our patience, is waiting: a loop that asks again and again does no more. */
const WAITING = 0.02;

const LOOK_MS = 1000;

/**
 * Ends an execution that does nothing but wait: for a network that the cage does not have, for a person, for a time. `cpuMs`: the CPU time of all
 * that runs in its cage. `tell` hears after each second how long it has run, in s.
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

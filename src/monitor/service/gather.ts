import type { MonitorEvent } from '../event.ts';

/** So long the first of a batch waits for others, in ms: a commit costs as much as a hundred events, and no client waits for its answer. */
const WAIT_MS = 10;
/** A batch of so many events is written at once: an answer must not take long, nor the memory grow. */
const MOST_EVENTS = 2000;

type Waiting = { done: () => void; fail: (reason: unknown) => void };

/**
 * Writes what comes at nearly the same time in one transaction. The promise is kept once the events are on the disk; where they could not be
 * written, it is broken for all of the batch.
 */
export function gathered(
  write: (events: readonly MonitorEvent[]) => void,
): (events: readonly MonitorEvent[]) => Promise<void> {
  let events: MonitorEvent[] = [];
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    const [batch, told] = [events, waiting];
    [events, waiting, timer] = [[], [], undefined];
    try {
      write(batch);
      for (const { done } of told) done();
    } catch (error) {
      for (const { fail } of told) fail(error);
    }
  };
  return (more) =>
    new Promise((done, fail) => {
      for (const event of more) events.push(event);
      waiting.push({ done, fail });
      if (events.length >= MOST_EVENTS) flush();
      else timer ??= setTimeout(flush, WAIT_MS);
    });
}

import type { MonitorEvent } from '../event.ts';

/**
 * How long the first event of a batch waits for further events, in ms. Waiting saves time, because one commit to the database takes as long
 * as writing a hundred events. Clients continue their work while they wait for the response.
 */
const WAIT_MS = 10;
/** A batch with this number of events is written at once, to limit the memory and the time until the response. */
const MOST_EVENTS = 2000;

type Waiting = { done: () => void; fail: (reason: unknown) => void };

/**
 * Writes events that arrive at nearly the same time in one transaction. The returned promise resolves when the events are on disk. After a
 * failure, the promises of all events in the batch reject.
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

import type { Notice } from './notices.ts';
import type { Receiver } from './receivers/receiver.ts';

/** Messages that wait for one receiver at most; the oldest is dropped for a newer one. */
const mostWaiting = 100;

/** Hands messages to receivers in the background: a slow one holds up neither the looks at the rules nor another receiver. */
export type Outbox = {
  push(receiver: Receiver, notice: Notice): void;
  /** Settles when nothing waits any more. */
  idle(): Promise<void>;
};

/** `send` never throws. `dropped` is told of messages that were given up because too many waited. */
export function outbox(
  send: (receiver: Receiver, notice: Notice) => Promise<void>,
  dropped: (receiver: Receiver, notice: Notice) => void,
): Outbox {
  const queues = new Map<string, Notice[]>();
  const working = new Map<string, Promise<void>>();
  const work = async (receiver: Receiver, queue: Notice[]) => {
    for (let next = queue.shift(); next; next = queue.shift()) await send(receiver, next);
    working.delete(receiver.name);
  };
  return {
    push(receiver, notice) {
      const queue = queues.get(receiver.name) ?? [];
      queues.set(receiver.name, queue);
      queue.push(notice);
      if (queue.length > mostWaiting) dropped(receiver, queue.shift()!);
      if (!working.has(receiver.name)) working.set(receiver.name, work(receiver, queue));
    },
    async idle() {
      while (working.size > 0) await Promise.all(working.values());
    },
  };
}

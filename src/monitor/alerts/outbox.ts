import type { Notice } from './notices.ts';
import type { Receiver } from './receivers/receiver.ts';

/** At most this number of messages can wait for one receiver. If more arrive, the oldest message is dropped. */
const mostWaiting = 100;

/** Sends messages to receivers in the background, so that a slow receiver delays neither the evaluation of rules nor other receivers. */
export type Outbox = {
  push(receiver: Receiver, notice: Notice): void;
  /** Returns a promise that resolves when no message waits to be sent. */
  idle(): Promise<void>;
};

/**
 * Creates an outbox. `send` must not throw. `dropped` is called for each message that was dropped because too many messages were waiting.
 */
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

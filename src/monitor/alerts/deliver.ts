import type { Notice } from './notices.ts';
import { payloadOf } from './payload.ts';
import { noticeFor, type Receiver, type Senders } from './receivers/receiver.ts';
import { sendOnce } from './receivers/send.ts';
import type { Rule } from './rule.ts';

/** Whether a notice reached a receiver, and after how many attempts. `problem`: why the last attempt failed; null after success. */
export type Delivery = { receiver: string; rule: string; attempts: number; problem: string | null };

/**
 * The waits between attempts, in ms. The first wait comes before the second attempt. After the last wait, one more attempt is made.
 */
export type Waits = readonly number[];
export const usualWaits: Waits = [1000, 5000];

/** The settings and functions that a delivery uses. `wait` ends early when the signal is aborted. */
export type Delivering = Senders & { rules: readonly Rule[]; waits: Waits; wait(ms: number): Promise<void> };

/**
 * Sends a notice to one receiver, with retries after temporary failures. Returns null if the receiver's settings exclude this notice. Never
 * throws.
 */
export async function deliver(receiver: Receiver, notice: Notice, world: Delivering): Promise<Delivery | null> {
  const own = noticeFor(receiver, notice);
  if (!own) return null;
  const message = { notice: own, payload: payloadOf(own, receiver.name, world.rules) };
  for (let attempts = 1; ; attempts++) {
    const attempt = await sendOnce(receiver, message, world);
    const result = { receiver: receiver.name, rule: notice.rule, attempts };
    if (attempt.ok) return { ...result, problem: null };
    const wait = world.waits[attempts - 1];
    if (!attempt.again || wait === undefined || world.signal.aborted) return { ...result, problem: attempt.problem };
    await world.wait(wait);
  }
}

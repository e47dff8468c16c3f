import { setTimeout as sleep } from 'node:timers/promises';
import { writeWhole } from '../../core/fs.ts';
import { recordAlerts, silencesIn } from '../store/alerts.ts';
import type { Database } from '../store/driver.ts';
import { firingAlerts } from './alert.ts';
import { type Delivery, deliver, usualWaits } from './deliver.ts';
import { evaluated } from './evaluate.ts';
import { knownReadings } from './known-readings.ts';
import { noticesOf, usualPace } from './notices.ts';
import { outbox } from './outbox.ts';
import type { Receiver } from './receivers/receiver.ts';
import { type Remembered, remembered } from './remembered.ts';
import type { Rule } from './rule.ts';

/** The time between two evaluations of the rules, in ms. */
export const LOOK_MS = 15_000;

export type Watched = {
  db: Database;
  rules: readonly Rule[];
  receivers: readonly Receiver[];
  /** The file with the state of the alerts. */
  file: string;
  env: NodeJS.ProcessEnv;
  /** A signal that is aborted when the service ends. The signal stops all sending, including messages that are being sent. */
  signal: AbortSignal;
  /** Receives a note for each message that was not delivered. */
  note: (text: string) => void;
};

/** The alert task of the service. `look` evaluates the rules, stores their state, and sends messages in the background. */
export type Watch = { look(now: number): void; idle(): Promise<void> };

export function watchOf({ db, rules, receivers, file, env, signal, note }: Watched): Watch {
  let before: Remembered = remembered(file);
  const wait = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
  const read = knownReadings(db);
  const failed = ({ receiver, rule, problem }: Delivery) =>
    problem === null || note(`The message about the alert ${rule} did not reach the receiver ${receiver}: ${problem}.`);
  const box = outbox(
    async (receiver, notice) => {
      const delivery = await deliver(receiver, notice, { env, signal, rules, waits: usualWaits, wait });
      if (delivery) failed(delivery);
    },
    (receiver, { rule }) =>
      note(
        `Too many messages are waiting for the receiver ${receiver.name}. The oldest message, about the alert ${rule}, was dropped.`,
      ),
  );
  return {
    look(now) {
      const readings = (rule: Rule) => read(rule, now);
      const { state, happened } = evaluated(before.state, rules, { now, readings });
      const silences = silencesIn(db, now);
      const { told, notices } = noticesOf(before.told, { rules, state, silences, now, happened }, usualPace);
      recordAlerts(db, happened, firingAlerts(state), now);
      before = { state, told };
      writeWhole(file, JSON.stringify(before));
      for (const notice of notices) for (const receiver of receivers) box.push(receiver, notice);
    },
    idle: box.idle,
  };
}

import { HOUR, MINUTE } from '../../core/time.ts';
import { type Alert, fingerprint, firingAlerts } from './alert.ts';
import type { Happening } from './evaluate.ts';
import { keyOf } from './readings.ts';
import { quietOf, type Surroundings } from './silence.ts';

/** One message: all that is new of one rule. */
export type Notice = {
  rule: string;
  /** `resolved` where nothing of the rule fires any more. */
  status: 'firing' | 'resolved';
  /** What fires, told before or not, and what has ended since the last message. */
  alerts: Alert[];
};

/** By rule, what was told last. Plain JSON, kept with the state of the alerts. */
export type Told = Record<string, { at: number; alerts: Record<string, Alert> }>;

/** A rule speaks again after this time at the earliest, unless something became critical; and again after the longer, if it still fires. */
export type Pace = { interval: number; repeat: number };

export const usualPace: Pace = { interval: 5 * MINUTE, repeat: 4 * HOUR };

/**
 * What to say now. It follows from what fires and what was told, not from single changes, so that nothing is lost when a message could
 * not be made before, because of a silence, an inhibition or a restart. What ends while it is quiet ends without a word. `happened` only
 * says why something ended.
 */
export function noticesOf(
  told: Told,
  { happened, ...around }: Surroundings & { happened: readonly Happening[] },
  pace: Pace,
): { told: Told; notices: Notice[] } {
  const loud = firingAlerts(around.state).filter((alert) => quietOf(alert, around) === null);
  const firing = new Map(firingAlerts(around.state).map((alert) => [fingerprint(alert), alert]));
  const next: Told = {};
  const notices: Notice[] = [];
  for (const rule of new Set([...Object.keys(told), ...loud.map((alert) => alert.rule)])) {
    const before = told[rule] ?? { at: -Infinity, alerts: {} };
    const now = loud.filter((alert) => alert.rule === rule);
    const ended = Object.entries(before.alerts)
      .filter(([key, alert]) => !firing.has(key) && quietOf(alert, around) === null)
      .map(([, alert]): Alert => ({ ...alert, ended: around.now, ending: endingOf(alert, happened) ?? alert.ending }));
    const quietly = Object.entries(before.alerts).filter(([key]) => firing.has(key));
    if (!isDue(before, now, ended, { now: around.now, pace })) {
      const waiting = ended.map((alert): [string, Alert] => [fingerprint(alert), { ...alert, ended: null }]);
      const kept = [...quietly, ...waiting];
      if (kept.length > 0) next[rule] = { at: before.at, alerts: Object.fromEntries(kept) };
      continue;
    }
    notices.push({ rule, status: now.length > 0 ? 'firing' : 'resolved', alerts: [...now, ...ended] });
    const kept = [...quietly, ...now.map((alert): [string, Alert] => [fingerprint(alert), alert])];
    if (kept.length > 0) next[rule] = { at: around.now, alerts: Object.fromEntries(kept) };
  }
  return { told: next, notices };
}

const endingOf = ({ rule, labels }: Alert, happened: readonly Happening[]) =>
  happened.find((one) => one.happened === 'resolved' && one.rule === rule && keyOf(one.labels) === keyOf(labels))
    ?.ending;

function isDue(
  before: Told[string],
  firing: readonly Alert[],
  ended: readonly Alert[],
  { now, pace }: { now: number; pace: Pace },
): boolean {
  const news = firing.filter((alert) => before.alerts[fingerprint(alert)]?.severity !== alert.severity);
  if (news.some(({ severity }) => severity === 'critical')) return true;
  if (news.length > 0 || ended.length > 0) return now - before.at >= pace.interval || now < before.at;
  return firing.length > 0 && now - before.at >= pace.repeat;
}

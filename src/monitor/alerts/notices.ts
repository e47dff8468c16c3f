import { HOUR, MINUTE } from '../../core/time.ts';
import { type Alert, fingerprint, firingAlerts } from './alert.ts';
import type { Happening } from './evaluate.ts';
import { keyOf } from './readings.ts';
import { quietOf, type Surroundings } from './silence.ts';

/** One message to receivers, about the alerts of one rule. */
export type Notice = {
  rule: string;
  /** The status of the rule: `firing` if at least one of `alerts` is firing, otherwise `resolved`. */
  status: 'firing' | 'resolved';
  /** The firing alerts of the rule that are not muted, and the alerts that have ended since the last message. */
  alerts: Alert[];
};

/**
 * The last message that was sent for each rule, as plain JSON. The service stores these messages in one file with the state of the alerts.
 */
export type Told = Record<string, { at: number; alerts: Record<string, Alert> }>;

/**
 * How often messages are sent. `interval`: the least time between two messages about a rule. An alert that became critical is reported at
 * once. `repeat`: the time after which a rule that still fires is reported again.
 */
export type Pace = { interval: number; repeat: number };

export const usualPace: Pace = { interval: 5 * MINUTE, repeat: 4 * HOUR };

/**
 * The messages to send now. The function compares the alerts that fire with the alerts that were already reported. If a silence, an
 * inhibition or a restart prevented a message, a later comparison reports the alert, if it still fires. If an alert ends while it is
 * silenced, its end is not reported. `happened` supplies the reasons why alerts ended.
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

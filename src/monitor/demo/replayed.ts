import { writeWhole } from '../../core/fs.ts';
import { MINUTE } from '../../core/time.ts';
import type { Alert } from '../alerts/alert.ts';
import { firingAlerts } from '../alerts/alert.ts';
import { evaluated } from '../alerts/evaluate.ts';
import { keyOf, readingsOf } from '../alerts/readings.ts';
import { remembered } from '../alerts/remembered.ts';
import type { Rule } from '../alerts/rule.ts';
import { samplesIn } from '../alerts/samples-in.ts';
import { type Quiet, quietOf } from '../alerts/silence.ts';
import { alertWords } from '../alerts/words.ts';
import { alertsIn, recordAlerts, silencesIn } from '../store/alerts.ts';
import type { Database } from '../store/driver.ts';

/** The time between two evaluations, in ms. If a condition holds at two successive evaluations, it counts as holding in between. */
const LOOK_MS = 2 * MINUTE;

/** How long the rules are evaluated after the last event, in ms. In this time, the windows of the rules become empty and the alerts end. */
const AFTER_MS = 150 * MINUTE;

/**
 * An alert of the replayed past. `quiet`: the silence or the inhibition that would have muted the alert when it began. Null if neither
 * would have muted it.
 */
export type ReplayedAlert = Alert & { summary: string; quiet: Quiet };

/**
 * For each alert, the silence or the inhibition that muted the alert when it began; null if neither did. The keys are the rule and the
 * labels of an alert.
 */
export type Quiets = Map<string, Quiet>;

/** The rules to evaluate, and a span of the past in ms since 1970. `file`: the service's file with the state of the alerts. */
type Replayed = { rules: readonly Rule[]; since: number; until: number; file: string };

/** Evaluates the rules for a span of the past, with a simulated clock. No message is sent. */
export function replay(db: Database, { rules, since, until, file }: Replayed, quiets: Quiets): void {
  let { state } = remembered(file);
  const silences = silencesIn(db, until);
  for (const now of looksIn(db, since, until)) {
    const readings = (rule: Rule) => readingsOf(rule, samplesIn(db, rule, now), now);
    const look = evaluated(state, rules, { now, readings });
    state = look.state;
    recordAlerts(db, look.happened, firingAlerts(state), now);
    for (const { happened, rule, labels } of look.happened)
      if (happened === 'fired')
        quiets.set(`${rule} ${keyOf(labels)}`, quietOf({ rule, labels }, { rules, state, silences, now }));
  }
  writeWhole(file, JSON.stringify({ state, told: {} }));
}

/** The alerts that began in a time span, the oldest first. */
export function raisedIn(
  db: Database,
  { rules, since, until }: Omit<Replayed, 'file'>,
  quiets: Quiets,
): ReplayedAlert[] {
  return alertsIn(db, { since, until: until + 1 }).map((alert) => ({
    ...alert,
    summary: alertWords(
      alert,
      rules.find(({ name }) => name === alert.rule),
    ),
    quiet: quiets.get(`${alert.rule} ${keyOf(alert.labels)}`) ?? null,
  }));
}

/** The times at which rules are evaluated. Hours in which no rule can see an event are skipped. */
function looksIn(db: Database, since: number, until: number): number[] {
  const rows = db.all(
    "SELECT DISTINCT e.t / ? AS step FROM event e JOIN series s ON s.id = e.series WHERE s.kind IN ('hook_event', 'resource') AND e.t >= ? AND e.t <= ?",
    ...[LOOK_MS, since, until],
  );
  const after = AFTER_MS / LOOK_MS;
  const steps = rows.flatMap(({ step }) => Array.from({ length: after }, (_, i) => Math.floor(Number(step)) + 1 + i));
  return [...new Set(steps)]
    .sort((a, b) => a - b)
    .map((step) => step * LOOK_MS)
    .filter((t) => t <= until);
}

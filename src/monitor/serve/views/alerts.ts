import { WEEK } from '../../../core/time.ts';
import { rulesOf } from '../../alerts/own-rules.ts';
import { remembered } from '../../alerts/remembered.ts';
import { standingOf } from '../../alerts/standing.ts';
import { alertWords } from '../../alerts/words.ts';
import { monitorPaths } from '../../home.ts';
import { alertsIn, silencesIn } from '../../store/alerts.ts';
import type { Seen } from './seen.ts';

/** The alerts at the last evaluation of the rules, and the alerts that ended in the last seven days. The newest ended alert comes first. */
export function alerts({ db, config, home, now }: Seen) {
  const rules = rulesOf(config.alerting);
  const ended = alertsIn(db, { since: now - WEEK, until: now + 1 }).filter((alert) => alert.ended !== null);
  const words = (alert: (typeof ended)[number]) =>
    alertWords(
      alert,
      rules.find(({ name }) => name === alert.rule),
    );
  return {
    enabled: config.alerting.enabled,
    ...standingOf(remembered(monitorPaths(home).alerts), rules, silencesIn(db, now), now),
    ended: ended.reverse().map((alert) => ({ ...alert, summary: words(alert) })),
  };
}

import type { Rule } from '../../../monitor/alerts/rule.ts';
import type { Standing } from '../../../monitor/alerts/standing.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Tools } from '../../terminal/tools.ts';

type Opened = { db: Database; rules: Rule[]; now: number };

/** With the store of the alerts, and the rules that count here. @throws monitor_empty */
export async function withAlerts<Result>(tools: Tools, act: (opened: Opened) => Promise<Result>): Promise<Result> {
  const { openExisting } = await import('../../../monitor/store/open.ts');
  const { rulesOf } = await import('../../../monitor/alerts/own-rules.ts');
  const file = monitorPaths(monitorHome(tools.env)).database;
  const { alerting } = monitorConfig(tools.env).config;
  const db = await openExisting(file);
  try {
    return await act({ db, rules: rulesOf(alerting), now: Date.parse(tools.clock.now()) });
  } finally {
    db.close();
  }
}

/** How the alerts stand, as of the service's last look. */
export const standing = (tools: Tools): Promise<Standing> =>
  withAlerts(tools, async ({ db, rules, now }) => {
    const { standingOf } = await import('../../../monitor/alerts/standing.ts');
    const { remembered } = await import('../../../monitor/alerts/remembered.ts');
    const { silencesIn } = await import('../../../monitor/store/alerts.ts');
    const kept = remembered(monitorPaths(monitorHome(tools.env)).alerts);
    return standingOf(kept, rules, silencesIn(db, now), now);
  });

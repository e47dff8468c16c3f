import type { Rule } from '../../../monitor/alerts/rule.ts';
import type { Standing } from '../../../monitor/alerts/standing.ts';
import { monitorConfig } from '../../../monitor/config/read.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import type { Tools } from '../../terminal/tools.ts';
import { readStored } from './stored.ts';

/** The alert rules in effect. */
export async function rulesHere({ env }: Pick<Tools, 'env'>): Promise<Rule[]> {
  const { rulesOf } = await import('../../../monitor/alerts/own-rules.ts');
  return rulesOf(monitorConfig(env).config.alerting);
}

/** The state of the alerts after the service's last evaluation of the rules. @throws monitor_empty */
export const standing = (tools: Tools): Promise<Standing> =>
  readStored(tools, async (db) => {
    const { standingOf } = await import('../../../monitor/alerts/standing.ts');
    const { remembered } = await import('../../../monitor/alerts/remembered.ts');
    const { silencesIn } = await import('../../../monitor/store/alerts.ts');
    const now = Date.parse(tools.clock.now());
    const kept = remembered(monitorPaths(monitorHome(tools.env)).alerts);
    return standingOf(kept, await rulesHere(tools), silencesIn(db, now), now);
  });

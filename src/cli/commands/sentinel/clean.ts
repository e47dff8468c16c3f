import { exit } from '../../../core/errors.ts';
import { sentinelHome } from '../../../sentinel/store/home.ts';
import { define } from '../../command.ts';
import { flag } from '../../options.ts';

export const command = define({
  name: 'sentinel clean',
  group: 'question',
  summary: 'remove data whose retention time is over',
  detail:
    'Sessions are kept for 30 days (`metrics.retention_days`), audits and benchmarks for 90 days, and copies of hooks for 90 days unless a baseline uses them. Baselines are kept for ever.',
  example: 'perf-gate sentinel clean --dry-run',
  options: { '--dry-run': flag('list what would be removed, and remove nothing') },
  silent: true,
  async run({ dryRun }, tools) {
    const { homeOf } = await import('../../../sentinel/discover/settings.ts');
    const { takeIn } = await import('../../../sentinel/record/take-in.ts');
    const { findOld, removeOld } = await import('../../../sentinel/store/clean.ts');
    const { sentinelConfig } = await import('../../../sentinel/store/config.ts');
    const { cleaningText } = await import('../../../sentinel/store/words.ts');
    const { env, cwd, clock } = tools;
    const home = sentinelHome(env);
    const { metrics } = sentinelConfig(env);
    if (!dryRun) takeIn(home, homeOf({ cwd, env })); // moves the spooled lines into the store, because a spool that is never read would grow without limit
    const found = findOld(home, { sessionDays: metrics.retention_days, now: clock.now() });
    const old = found.state === 'found' ? found.old : [];
    if (!dryRun) removeOld(old);
    const bytes = old.reduce((sum, one) => sum + one.bytes, 0);
    const problem = found.state === 'found' ? found.problem : null;
    if (tools.json)
      tools.out(
        JSON.stringify({ folder: home.cache, ours: found.state === 'found', dry_run: dryRun, old, bytes, problem }),
      );
    else tools.say(cleaningText(found, { folder: home.cache, dryRun }));
    return exit.done;
  },
});

import type { World } from '../../src/core/world.ts';
import { withMeasurementLock } from '../../src/experiment/measurement-lock.ts';
import type { Contest } from '../../src/sentinel/compare/judge.ts';
import { eventContest, hookContest, session } from '../../src/sentinel/compare/session.ts';
import { eventsOf } from '../../src/sentinel/compare/subjects.ts';
import { discover } from '../../src/sentinel/discover/discover.ts';
import { setsFor } from '../../src/sentinel/dry-run/dry-run.ts';
import { usualOptions } from '../../src/sentinel/dry-run/options.ts';
import { examples } from './place.ts';

/** One long session of the same hooks in both arms: every hook alone, and every event. */
export type Series = { hooks: Contest[]; events: Contest[]; pairs: number; minutes: number };

export async function measuredSeries(pairs: number, world: World): Promise<Series> {
  const { hooks } = discover({ cwd: world.cwd, env: world.env, plugins: examples });
  const sets = setsFor(hooks, []);
  const kept = hooks.map((hook) => ({ hook, hash: null, files: [], lines: {} }));
  const changes = kept.map((one) => ({
    id: one.hook.id,
    event: one.hook.event,
    kind: 'changed' as const,
    what: [],
    base: one,
    current: one,
  }));
  const arm = { hooks, files: [], only: null };
  const started = world.clock.ms();
  const dry = { ...usualOptions, runs: pairs, strace: false, seed: 'series' };
  const seen = await withMeasurementLock(world, 'bench:sentinel', () =>
    session({ base: arm, current: arm }, dry, world),
  );
  const isContest = (one: unknown): one is Contest => one !== undefined && 'key' in (one as object);
  return {
    hooks: hooks.map(({ id }) => hookContest(id, seen, false)).filter(isContest),
    events: eventsOf({ base: sets, current: sets }, changes)
      .map((event) => eventContest(event, seen))
      .filter(isContest),
    pairs,
    minutes: (world.clock.ms() - started) / 60_000,
  };
}

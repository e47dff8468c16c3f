import type { World } from '../../src/core/world.ts';
import { withMeasurementLock } from '../../src/experiment/measurement-lock.ts';
import { native } from '../../src/measure/instruments/native.ts';
import { changesOf } from '../../src/sentinel/compare/changes.ts';
import { contest } from '../../src/sentinel/compare/contest.ts';
import { discover } from '../../src/sentinel/discover/discover.ts';
import type { Hook } from '../../src/sentinel/hook.ts';
import type { KeptHook } from '../../src/sentinel/store/own-files.ts';
import { median } from '../../src/stats/robust.ts';
import { THRESHOLD } from './comparisons.ts';
import { examples } from './place.ts';
import type { Series } from './series.ts';

/** Real comparisons of one hook each. `found`: those that found a planted loop; `wrong`: those that flagged an empty loop. */
export type Live = { comparisons: number; found: number; wrong: number };

/** A shell loop that starts no program. */
const loop = (rounds: number) => `i=0; while [ $i -lt ${rounds} ]; do i=$((i+1)); done; `;

export async function liveRates(
  series: Series,
  asked: { comparisons: number; runs: number },
  world: World,
): Promise<Live> {
  const { hooks } = discover({ cwd: world.cwd, env: world.env, plugins: examples });
  const perMs = await roundsPerMs(world);
  const live = { comparisons: asked.comparisons, found: 0, wrong: 0 };
  for (let i = 0; i < asked.comparisons; i++) {
    const { key, wall } = series.hooks[i % series.hooks.length]!;
    const rounds = Math.round((median(wall.base) * perMs * THRESHOLD) / 100);
    for (const planted of [rounds, 0]) {
      const base = hooks.map((hook) => kept(hook));
      const current = hooks.map((hook) => kept(hook.id === key ? withLoop(hook, planted) : hook));
      const contestants = {
        base,
        current,
        changes: changesOf(base, current),
        laid: { base: [], current: [], gone: new Set<string>() },
        stored: null,
      };
      const rules = {
        threshold_pct: THRESHOLD,
        runs: asked.runs,
        dry: { network: 'sink', state: 'warm', strace: false },
      } as const;
      const { decided } = await withMeasurementLock(world, 'bench:sentinel', () =>
        contest(contestants, rules, `live ${i} ${planted}`, world),
      );
      const flagged = [...decided].filter(([, { status }]) => status === 'flagged' || status === 'regressed');
      if (planted > 0 && flagged.some(([id]) => id === key)) live.found++;
      if (planted === 0 && flagged.length > 0) live.wrong++;
    }
  }
  return live;
}

/** A kept hook without files: they are the same in both arms. */
const kept = (hook: Hook): KeptHook => ({ hook, hash: '', files: [], lines: {} });

const withLoop = (hook: Hook, rounds: number): Hook =>
  hook.handler.type === 'command'
    ? { ...hook, handler: { ...hook.handler, command: `${loop(rounds)}${hook.handler.command}` } }
    : hook;

async function roundsPerMs({ cwd, env }: World): Promise<number> {
  const measuring = await native.prepare(env);
  if ('missing' in measuring) throw new Error(measuring.missing);
  const rounds = 200_000;
  const output = { stdout: 'ignore', stderr: 'ignore' } as const;
  const taken: number[] = [];
  for (let i = 0; i < 5; i++) {
    const job = {
      argv: ['/bin/sh', '-c', loop(rounds)] as const,
      cwd,
      env: { PATH: env.PATH ?? '' },
      timeoutMs: 60_000,
      output,
    };
    const { user_ms, sys_ms } = await measuring.measure(job);
    taken.push((user_ms ?? 0) + (sys_ms ?? 0));
  }
  return rounds / median(taken);
}

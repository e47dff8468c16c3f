import { failure } from '../../core/errors.ts';
import { percent } from '../../core/figures.ts';
import type { World } from '../../core/world.ts';
import { withMeasurementLock } from '../../experiment/measurement-lock.ts';
import { valuesOf } from '../../experiment/session-judge.ts';
import { plainEnvironment } from '../../experiment/setup.ts';
import { findInstrument } from '../../measure/instruments/find.ts';
import { runSession } from '../../measure/sessions/session.ts';
import { ordinaryPoints } from '../../stats/design.ts';
import { looks } from '../../stats/looks.ts';
import { resolvable } from '../../stats/resolvable.ts';
import { median } from '../../stats/robust.ts';
import { newestRules, type Rule } from '../../stats/rule.ts';
import { differs } from '../../stats/same.ts';
import type { Checked } from './check.ts';

/**
 * The noise of a busy loop that is measured twice. A spread is the robust standard deviation of the samples, in per cent of the median.
 */
export type Noise = {
  /** The median wall time of the loop. */
  loop_ms: number;
  wall_spread_pct: number | null;
  /** The spread of CPU time. Null if the instrument cannot measure CPU time. */
  cpu_spread_pct: number | null;
  /** The smallest improvement in wall time that is proven in four of five attempts, with a threshold of 5 % and 8 to 20 executions. */
  resolvable_pct: number | null;
  /** Whether the wall times of the two measurements differed significantly, although both measured the same loop. */
  different: boolean;
};

/** A shell loop that counts for about 30 ms. */
const loop = `sh -c 'i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done'`;
const pairs = 12;
/**
 * The largest spread without a warning, in per cent. If the spread is larger, 20 executions are too few to prove an improvement of the
 * usual size.
 */
const tooMuch = 5;

const rule: Rule = {
  rules: newestRules,
  lower_is_better: true,
  threshold: { type: 'pct', pct_min: 5, absolute_min: 0, significance_required: true },
  claim: 'proven',
  session_effect_pct: 0,
  test: 'mann_whitney',
};

/**
 * Measures the noise of this machine while no other process measures on it.
 * @throws command_failed: the loop failed
 * @throws interrupted
 */
export async function measureNoise(world: World): Promise<{ noise: Noise; check: Checked }> {
  const instrument = await findInstrument(world.env);
  const arm = { dir: world.cwd, env: plainEnvironment(world.env) };
  const cpu = instrument.sees.includes('user_ms');
  const session = await withMeasurementLock(world, `doctor in ${world.cwd}`, () =>
    runSession(
      {
        id: 'noise',
        seed: 'doctor',
        command: { script: loop, shell: 'auto', timeout_s: 60 },
        warmup_runs: 1,
        metrics: [
          { name: 'wall', unit: 'ms', source: 'wall' },
          ...(cpu ? [{ name: 'cpu', unit: 'ms', source: 'cpu' } as const] : []),
        ],
        looks: [pairs],
        order: 'interleaved',
      },
      { base: arm, candidate: arm },
      { instrument, clock: world.clock, signal: world.signal },
      { already: [], decide: () => 'continue', onSample: () => 'continue', onProgress: () => {} },
    ),
  );
  if (session.state === 'aborted') throw failure('interrupted');
  if (session.state === 'failed_run')
    throw failure('command_failed', { what: 'loop', command: loop, reason: session.reason, output: session.stderr });
  const noiseOf = (metric: string) =>
    resolvable({
      ...valuesOf(session.samples, metric),
      rule,
      looks: looks(ordinaryPoints, 0.05, rule.test, rule.rules),
      confirm: true,
    });
  const { base, candidate } = valuesOf(session.samples, 'wall');
  const wall = noiseOf('wall');
  const noise: Noise = {
    loop_ms: median([...base, ...candidate]),
    wall_spread_pct: wall.noise_pct,
    cpu_spread_pct: cpu ? noiseOf('cpu').noise_pct : null,
    resolvable_pct: wall.improvement_pct,
    different: differs(base, candidate, rule, 0.01).different,
  };
  return { noise, check: checkOf(noise) };
}

function checkOf({ wall_spread_pct: wall, cpu_spread_pct: cpu, resolvable_pct: smallest, different }: Noise): Checked {
  const noisy = different || wall === null || wall > tooMuch;
  const parts = [
    `wall time ± ${shown(wall)}`,
    ...(cpu === null ? [] : [`CPU time ± ${shown(cpu)}`]),
    `can prove an improvement of ${shown(smallest)} or more`,
    ...(different ? ['two measurements of the same loop looked different'] : []),
  ];
  const calmer = cpu !== null && wall !== null && cpu < wall / 2;
  return {
    id: 'noise',
    status: noisy ? 'warn' : 'ok',
    found: parts.join(', '),
    meaning: 'How much the time of a short loop varies between executions. Smaller improvements need more executions.',
    remedy: noisy
      ? `Fix the problems above${calmer ? ', or measure CPU time, which is less noisy here (`source: cpu`, `--primary cpu`)' : ''}, or allow more executions (max_runs).`
      : null,
  };
}

const shown = (value: number | null) => (value === null ? 'unknown' : percent(value));

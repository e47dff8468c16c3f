import { join } from 'node:path';
import type { Contract } from '../../contract/schema/contract.ts';
import { runsOf } from '../../contract/schema/runs.ts';
import type { World } from '../../core/world.ts';
import { frozenCopy, makeArm, mustBeReady } from '../../experiment/arms.ts';
import { judgeArms } from '../../experiment/experiment.ts';
import type { SessionData } from '../../experiment/judged.ts';
import { assessBaseline, looksDifferent } from '../../experiment/noise.ts';
import { judgedSession, type MeasuredSession } from '../../experiment/session.ts';
import { type RepoSetup, temporarySetup } from '../../experiment/setup.ts';
import { type Repo, treeOf } from '../../git/repo.ts';
import type { Arm } from '../../measure/sessions/arm.ts';
import { warningText } from '../../report/warnings.ts';
import { median } from '../../stats/robust.ts';
import type { Test } from '../../stats/rule.ts';
import { type SessionEffect, sessionEffect } from '../../stats/session-effect.ts';
import { plantSlowdown, reproFailed, requirePlantable, type Slowdown } from './slowdown.ts';

/** The verdicts of perf-gate on unchanged code, and the smallest improvement that perf-gate can prove. */
export type Calibration = {
  /** The number of sessions in which unchanged code was measured and judged like an attempt. */
  sessions: number;
  /** The significance test of the judgement: the contract's test, or the test that `auto` selected. */
  test: Test;
  method: string;
  /** The number of pairs of executions in all sessions together. */
  pairs: number;
  /** Sessions whose screen passed. */
  screens_passed: number;
  /** The number of attempts that the gate wrongly accepted. */
  false_accepts: number;
  /**
   * The number of sessions in which the samples of the two arms differed significantly, although the code was the same. By chance, this
   * happens in about one of a hundred sessions.
   */
  looked_different: number;
  /** The median of the primary metric, in `unit`. */
  baseline: number;
  unit: string;
  /** The robust standard deviation of the samples, in per cent of the baseline. */
  noise_pct: number | null;
  /** The smallest true improvement that is accepted in four of five attempts. Null if there is no such improvement. */
  resolvable_pct: number | null;
  /**
   * How much the estimated effects of several sessions of the same code differ, beyond the noise within the sessions. Null if the metric
   * cannot be compared in per cent.
   */
  session_effect: SessionEffect | null;
  slowdown: Slowdown | null;
  warnings: string[];
};

/**
 * Measures the project against itself with the code that judges attempts. The right verdict is known, because nothing was changed. With
 * `slowdownPct`, also plants a slowdown that the gate should notice.
 * @throws command_failed: the script fails
 * @throws usage: a planted slowdown would not show in the primary metric
 */
export async function calibrate(
  repo: Repo,
  world: World,
  { contract, sessions, slowdownPct }: { contract: Contract; sessions: number; slowdownPct: number | null },
): Promise<Calibration> {
  if (slowdownPct !== null) requirePlantable(contract);
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'calibrate', 'calibrate');
  try {
    const makeArms = await armMaker(setup);
    const first = await againstItself(setup, await makeArms());
    const { test, looks } = assessBaseline(contract, [first.data], first.seconds);
    const settled: RepoSetup = {
      ...setup,
      contract: { ...contract, significance: { ...contract.significance, test } },
    };
    const attempts: Attempt[] = [];
    for (let i = 1; i <= sessions; i++) attempts.push(await attempt(settled, await makeArms(), { number: i, looks }));
    const all = [first.data, ...attempts.map((a) => a.screen)];
    const level = levelled(all);
    const { noise_pct, improvement_pct } = assessBaseline(settled.contract, [level], first.seconds).seen;
    const { unit } = contract.metrics.primary;
    const plant = { pct: slowdownPct ?? 0, baseline: level.middle, test };
    const slowdown = slowdownPct === null ? null : await plantSlowdown(settled, await makeArms(), plant);
    return {
      sessions,
      test,
      method: setup.instrument.method,
      pairs: all.reduce((sum, s) => sum + s.pairs, 0),
      screens_passed: attempts.filter((a) => a.screen.stopped === 'passed').length,
      false_accepts: attempts.filter((a) => a.accepted).length,
      looked_different: all.filter((s) => looksDifferent(settled.contract, s)).length,
      baseline: level.middle,
      unit,
      noise_pct,
      resolvable_pct: improvement_pct,
      session_effect: all.every(isPositive) ? sessionEffect(all) : null,
      slowdown,
      warnings: withoutRepeats(all.flatMap((s) => s.warnings.map(warningText))),
    };
  } finally {
    leave();
  }
}

type TwoArms = { a: Arm; b: Arm };
/** An attempt that changes nothing. */
type Attempt = { screen: SessionData; accepted: boolean };

/** Makes both arms anew for every attempt, as a run does, because the memory layout of code and data differs from copy to copy. */
async function armMaker(setup: RepoSetup): Promise<() => Promise<TwoArms>> {
  const tree = await treeOf(setup.repo, 'HEAD');
  const frozen = await frozenCopy(setup, async () => tree);
  return async () => ({
    a: mustBeReady(await makeArm(setup, 'a', { frozen, tree })),
    b: mustBeReady(await makeArm(setup, 'b', { frozen, tree })),
  });
}

/**
 * Measures the unchanged code against itself in a first session, as a run measures its baseline. The samples of this session also determine
 * which test `auto` selects.
 */
async function againstItself(setup: RepoSetup, { a, b }: TwoArms): Promise<MeasuredSession> {
  const { repro, significance } = setup.contract;
  const session = await judgedSession(setup, {
    id: 'baseline',
    label: 'baseline',
    arms: { base: a, candidate: b },
    looks: [{ n: runsOf(repro).first, alpha: significance.alpha }],
    test: 'mann_whitney',
    decides: false,
  });
  if (session.broken) throw reproFailed(setup.contract, session.broken);
  return session;
}

/** Judges one attempt. The two arms swap roles from one attempt to the next, and between screen and confirmation. */
async function attempt(
  setup: RepoSetup,
  { a, b }: TwoArms,
  { number, looks }: { number: number; looks: readonly number[] },
): Promise<Attempt> {
  const id = String(number).padStart(3, '0');
  const own: RepoSetup = { ...setup, samples: join(setup.samples, id), seed: `${setup.seed}/${id}` };
  const { script } = setup.contract.repro;
  const { sessions, verdict } = await judgeArms(own, {
    base: { what: 'repro', command: script },
    at: looks,
    arms: async (session) => ({
      arms: (session === 'screen') === (number % 2 === 0) ? { base: a, candidate: b } : { base: b, candidate: a },
    }),
  });
  if (sessions.broken) throw reproFailed(setup.contract, sessions.broken);
  return { screen: sessions.screen!, accepted: verdict === 'accepted' };
}

const isPositive = ({ base, candidate }: SessionData) => [...base, ...candidate].every((value) => value > 0);

/** Keeps one warning of each kind. Warnings of one kind differ only in numbers, for example in the load of the machine. */
function withoutRepeats(warnings: readonly string[]): string[] {
  return [...new Map(warnings.map((text) => [text.replace(/[\d.]+/g, '#'), text])).values()];
}

/** Scales every session to the same median, so that differences between sessions do not count as noise within a session. */
function levelled(sessions: readonly SessionData[]): { base: number[]; candidate: number[]; middle: number } {
  const levels = sessions.map((s) => median([...s.base, ...s.candidate]));
  const middle = median(levels);
  const at = (arm: 'base' | 'candidate') =>
    sessions.flatMap((s, i) => s[arm].map((value) => (levels[i] === 0 ? value : (value * middle) / levels[i]!)));
  return { base: at('base'), candidate: at('candidate'), middle };
}

import { join } from 'node:path';
import type { Contract } from '../../contract/schema/contract.ts';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { makeArm, mustBeReady, temporaryCopy } from '../../experiment/arms.ts';
import { judgeArms } from '../../experiment/experiment.ts';
import type { Reason, SessionData } from '../../experiment/judged.ts';
import { assessBaseline, looksDifferent } from '../../experiment/noise.ts';
import { judgedSession } from '../../experiment/session.ts';
import { type RepoSetup, temporarySetup } from '../../experiment/setup.ts';
import { askedBy } from '../../experiment/verdict.ts';
import { type Repo, treeOf } from '../../git/repo.ts';
import type { Arm } from '../../measure/sessions/arm.ts';
import { reasonText } from '../../report/reasons.ts';
import { warningText } from '../../report/warnings.ts';
import { median } from '../../stats/robust.ts';
import type { Test } from '../../stats/rule.ts';
import { requirePlantable, type Slowdown, slowDown } from './slowdown.ts';

/** What the gate says of unchanged code, and how finely it sees. */
export type Calibration = {
  /** Sessions in which unchanged code went the way of an attempt. */
  sessions: number;
  /** The test that judged: that of the contract, or the one that `auto` came to. */
  test: Test;
  method: string;
  /** Pairs of runs that were measured in them. */
  pairs: number;
  /** In how many the screen passed, and the whole gate accepted: each of them is an error. */
  screens_passed: number;
  false_accepts: number;
  /** In how many the arms would have been called different; about one in a hundred is by chance. */
  looked_different: number;
  /** Median of the primary, and robust standard deviation of one run, in per cent of it. */
  baseline: number;
  unit: string;
  noise_pct: number | null;
  /** The smallest true improvement that is accepted four times in five; null where none would be. */
  resolvable_pct: number | null;
  slowdown: Slowdown | null;
  warnings: string[];
};

type Given = { contract: Contract; sessions: number; slowdownPct: number | null };

/**
 * Measures the project against itself, through the code of an attempt, and judges what is known beforehand: nothing was changed.
 * With `slowdownPct` it also plants a slowdown that must be seen. Throws `command_failed`, and `usage` for a slowdown of what is
 * not time.
 */
export async function calibrate(repo: Repo, world: World, given: Given): Promise<Calibration> {
  const { contract, sessions, slowdownPct } = given;
  if (slowdownPct !== null) requirePlantable(contract);
  const { setup, leave } = await temporarySetup({ repo, world, contract }, 'calibrate', 'calibrate');
  try {
    const arms = await bothArms(setup);
    const first = await againstItself(setup, arms);
    const { test } = assessBaseline(contract, [first]);
    const settled: RepoSetup = {
      ...setup,
      contract: { ...contract, significance: { ...contract.significance, test } },
    };
    const seen: Seen[] = [];
    for (let i = 1; i <= sessions; i++) seen.push(await attempt(settled, arms, i));
    const all = [first, ...seen.flatMap((s) => s.screen)];
    const level = levelled(all);
    const { noise_pct, improvement_pct } = assessBaseline(settled.contract, [level]).seen;
    const { unit } = contract.metrics.primary;
    const plant = { pct: slowdownPct ?? 0, baseline: level.middle, test };
    const slowdown = slowdownPct === null ? null : await slowDown(settled, arms, plant);
    return {
      sessions,
      test,
      method: setup.instrument.method,
      pairs: all.reduce((sum, s) => sum + s.pairs, 0),
      screens_passed: seen.filter((s) => s.screen.stopped === 'passed').length,
      false_accepts: seen.filter((s) => s.accepted).length,
      looked_different: all.filter((s) => looksDifferent(settled.contract, s)).length,
      baseline: level.middle,
      unit,
      noise_pct,
      resolvable_pct: improvement_pct,
      slowdown,
      warnings: oneOfAKind(all.flatMap((s) => s.warnings.map(warningText))),
    };
  } finally {
    leave();
  }
}

type TwoArms = { a: Arm; b: Arm };
type Seen = { screen: SessionData; accepted: boolean };

async function bothArms(setup: RepoSetup): Promise<TwoArms> {
  const tree = await treeOf(setup.repo, 'HEAD');
  const frozen = await temporaryCopy(setup, tree);
  return {
    a: mustBeReady(await makeArm(setup, 'a', { frozen, tree })),
    b: mustBeReady(await makeArm(setup, 'b', { frozen, tree })),
  };
}

/** As the baseline of a run does it; `auto` is settled by it. */
async function againstItself(setup: RepoSetup, { a, b }: TwoArms): Promise<SessionData> {
  const { repro, significance } = setup.contract;
  const { data, broken } = await judgedSession(setup, {
    id: 'baseline',
    label: 'baseline',
    arms: { base: a, candidate: b },
    looks: [{ n: repro.measurement_runs, alpha: significance.alpha }],
    test: 'mann_whitney',
    decides: false,
  });
  if (broken) throw broke(setup, broken);
  return data;
}

/** One attempt with nothing changed. The arms change places from one to the next, and for a confirmation. */
async function attempt(setup: RepoSetup, { a, b }: TwoArms, number: number): Promise<Seen> {
  const id = String(number).padStart(3, '0');
  const own: RepoSetup = { ...setup, samples: join(setup.samples, id), seed: `${setup.seed}/${id}` };
  const { script } = setup.contract.repro;
  const { sessions, verdict } = await judgeArms(own, {
    base: { what: 'repro', command: script },
    arms: async (session) =>
      (session === 'screen') === (number % 2 === 0) ? { base: a, candidate: b } : { base: b, candidate: a },
  });
  if (sessions.broken) throw broke(setup, sessions.broken);
  return { screen: sessions.screen!, accepted: verdict === 'accepted' };
}

const broke = ({ contract }: RepoSetup, broken: Reason) =>
  failure('command_failed', {
    what: 'repro',
    command: contract.repro.script,
    reason: reasonText(broken, askedBy(contract)),
    output: '',
  });

/** Those that differ in their numbers only, such as the load of the machine, are said once. */
function oneOfAKind(warnings: readonly string[]): string[] {
  return [...new Map(warnings.map((text) => [text.replace(/[\d.]+/g, '#'), text])).values()];
}

/** All samples at the level of their middle session: what differs from session to session is no noise within one. */
function levelled(sessions: readonly SessionData[]): { base: number[]; candidate: number[]; middle: number } {
  const levels = sessions.map((s) => median([...s.base, ...s.candidate]));
  const middle = median(levels);
  const at = (arm: 'base' | 'candidate') =>
    sessions.flatMap((s, i) => s[arm].map((value) => (levels[i] === 0 ? value : (value * middle) / levels[i]!)));
  return { base: at('base'), candidate: at('candidate'), middle };
}

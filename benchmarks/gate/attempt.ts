import { type Contract, contractSchema } from '../../src/contract/schema/contract.ts';
import { runsOf } from '../../src/contract/schema/runs.ts';
import { askedBy } from '../../src/experiment/asked-by.ts';
import type { SessionData, Verdict } from '../../src/experiment/judged.ts';
import { pointsForNoise, pointsOf } from '../../src/experiment/points.ts';
import { ruleOf } from '../../src/experiment/rule-of.ts';
import { countsOf, looksOf, sessionJudge, valuesOf } from '../../src/experiment/session-judge.ts';
import { sessionPlan } from '../../src/experiment/setup.ts';
import { judged, needsConfirmation } from '../../src/experiment/verdict.ts';
import { noFigures } from '../../src/measure/instruments/figures.ts';
import { type Step, stepsOf } from '../../src/measure/sessions/plan.ts';
import type { Sample } from '../../src/measure/sessions/sample.ts';
import { attemptAlpha } from '../../src/stats/looks.ts';
import { newestRules, type Rules, type Test } from '../../src/stats/rule.ts';
import type { Machine } from './noise.ts';

/** The subject of a calibration: a contract with a threshold in per cent, and the test that the baseline would have chosen. */
export type Design = { contract: Contract; test: Test; at?: readonly number[] };

/** The defaults of a contract, with another threshold and, for variants, other numbers of runs. */
export function contractFor(
  pct: number,
  runs: { first?: number; last?: number } = {},
  rules: Rules = newestRules,
  sessionEffectPct = 0,
): Contract {
  return contractSchema.parse({
    version: 1,
    rules,
    repro: {
      script: 'true',
      ...(runs.first ? { measurement_runs: runs.first } : {}),
      ...(runs.last ? { max_runs: runs.last } : {}),
    },
    metrics: { primary: { name: 'wall_ms', source: 'wall' } },
    threshold: { pct_min: pct },
    session_effect_pct: sessionEffectPct,
  });
}

/** The contract that asks whether the candidate is worse by less than the margin. */
export const noWorseContract = (margin: number): Contract =>
  contractSchema.parse({
    ...contractFor(0),
    claim: 'no_worse',
    threshold: { no_worse_pct: margin },
  });

/** The looks that a run's baseline would choose, from a session of the base against itself with a run's number of pairs. */
export function designOn(machine: Machine, { contract, test }: Design): Design {
  const pairs = runsOf(contract.repro).first;
  const arm = () => Array.from({ length: pairs }, () => durationOf({ arm: 'base' }, { truth: 0, machine }));
  const at = pointsForNoise(contract, { base: arm(), candidate: arm(), rule: ruleOf(contract, test), seconds: 0.1 });
  return { contract, test, at };
}

/** The result of an attempt. `belowThreshold`: the one-sided 95 % upper bound is below the threshold. */
export type Attempted = { verdict: Verdict; belowThreshold: boolean; executions: number };

/**
 * Simulates one attempt with the code that judges attempts: the steps and looks of the session, a confirmation if the screen passed, and the
 * verdict on both. Only the executions are simulated: `truth` per cent faster than the base, on this machine.
 */
export function attempt(
  { contract, test, at }: Design,
  { number, truth, seed, machine }: { number: number; truth: number; seed: string; machine: Machine },
): Attempted {
  const alpha = attemptAlpha(contract.significance.alpha, number, contract.confirm);
  const measure = (name: string) =>
    session({ contract, test, ...(at ? { at } : {}) }, { alpha, id: `${seed}/${number}/${name}`, truth, machine });
  const screen = measure('screen');
  const confirmation = needsConfirmation(screen, contract) ? measure('confirmation') : null;
  const { verdict } = judged({ broken: null, screen, confirmation }, askedBy(contract, at));
  const { below_threshold } = (confirmation ?? screen).judgement!;
  return { verdict, belowThreshold: below_threshold, executions: screen.executions + (confirmation?.executions ?? 0) };
}

type Given = { alpha: number; id: string; truth: number; machine: Machine };

/** Simulates a session as `runSession` runs it: sample by sample, asking the judge after each pair that completes a look. */
export function session(
  { contract, test, at = pointsOf(contract) }: Design,
  { alpha, id, truth, machine }: Given,
): SessionData {
  const planned = looksOf(contract, test, at, alpha);
  const judge = sessionJudge(contract, { looks: planned, test, decides: true });
  const plan = sessionPlan(contract, { id, seed: id, looks: planned.map((l) => l.n) });
  const samples: Sample[] = [];
  const bias = machine.bias?.() ?? 0;
  let executions = 0;
  for (const step of stepsOf(plan, ['base', 'candidate'])) {
    const sample = sampleOf(step, id, durationOf(step, { truth, machine, bias }));
    executions++;
    if (step.warmup) continue;
    samples.push(sample);
    const complete = Math.min(...countsOf(samples));
    const atLook = complete === step.pair && plan.looks.slice(0, -1).includes(complete);
    if (atLook && judge.look(samples).action === 'stop') break;
  }
  return {
    session: id,
    seed: id,
    order: contract.order,
    method: 'native',
    tree_method: null,
    pairs: Math.min(...countsOf(samples)),
    executions,
    ...valuesOf(samples, contract.metrics.primary.name),
    ...judge.conclude(samples),
    samples_hash: null,
    warnings: [],
  };
}

/** Milliseconds of one execution: 100 for the base on a machine without noise. `bias`: the session's bias of its candidate. */
export function durationOf(
  { arm }: Pick<Step, 'arm'>,
  { truth, machine, bias = 0 }: Pick<Given, 'truth' | 'machine'> & { bias?: number },
): number {
  const factor = Math.exp(machine.next() + (arm === 'candidate' ? bias : 0));
  return 100 * factor * (arm === 'candidate' ? 1 - truth / 100 : 1);
}

function sampleOf(step: Step, id: string, wall_ms: number): Sample {
  const unseen = { ...noFigures, output: null, shell_ms: null, tree_method: null };
  const taken = { started_at: '', exit_code: 0, load1: 0, method: 'native' } as const;
  return { session: id, ...step, ...taken, ...unseen, wall_ms, metrics: { wall_ms } };
}

import type { Contract } from '../contract/schema/contract.ts';
import { isDeterministic } from '../contract/schema/metrics.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { isConstant, judgeExact } from '../stats/exact.ts';
import { judge } from '../stats/judge.ts';
import type { Judgement } from '../stats/judgement.ts';
import { type Look, looks } from '../stats/looks.ts';
import { samplesProblem, type Test } from '../stats/rule.ts';
import { type Decision, decide } from '../stats/sequential.ts';
import { judgeWatchdogs, type WatchdogJudgement, watchdogProblem } from '../stats/watchdog.ts';
import type { Broken, SessionData, Warning } from './judged.ts';
import { pointsOf } from './points.ts';
import { problemText } from './problem-text.ts';
import { ruleOf, rulesOf } from './rule-of.ts';

/** The judge of a session during its measurement. It judges at each look. Has no side effects. */
export type SessionJudge = {
  points: readonly Look[];
  /** Judges the samples so far, at one of the looks. */
  look(samples: readonly Sample[]): Decision;
  /** Returns the result of the session. `measured` is null if an execution failed or the samples cannot be judged. */
  conclude(measured: readonly Sample[] | null): Pick<SessionData, 'judgement' | 'watchdogs' | 'stopped'>;
  /** The reason why the samples cannot be judged. Null if they can be judged. */
  problem(samples: readonly Sample[]): Broken | null;
  warnings(): Warning[];
};

/**
 * The decisions that are made before the first execution of a session. If `decides` is false, all pairs are measured, because the session
 * gives an estimate and no verdict.
 */
export type Design = { looks: readonly Look[]; test: Test; decides: boolean };

/** The looks of a session under a contract, at these numbers of pairs. `alpha`: the error probability that the session may spend. */
export const looksOf = (
  contract: Pick<Contract, 'repro' | 'rules' | 'significance'>,
  test: Test,
  at = pointsOf(contract),
  alpha = contract.significance.alpha,
): Look[] => looks(at, alpha, test, rulesOf(contract));

/**
 * Compares a deterministic primary metric exactly, after two executions of each arm. The exact comparison decides the session, except in
 * two cases: a metric that varies is sampled like any other, and the session continues if a watchdog needs samples.
 */
export function sessionJudge(contract: Contract, { looks: planned, test, decides }: Design): SessionJudge {
  const { primary, watchdogs } = contract.metrics;
  const rule = ruleOf(contract, test);
  const exact = isDeterministic(primary);
  const points: Look[] = exact ? [EXACT, ...planned] : [...planned];
  const judgements: Judgement[] = [];
  let seen: WatchdogJudgement[] = [];
  let latest: Decision | undefined;
  let varies = false;

  const problem = (samples: readonly Sample[]) => problemOf(contract, samples, test);

  const look = (samples: readonly Sample[]): Decision => {
    const { base, candidate } = valuesOf(samples, primary.name);
    // The number of the candidate's executions determines the look. The base cannot determine it: if an earlier session measured the base,
    // all samples of the base exist from the start.
    const at = points.findIndex((p) => p.n >= candidate.length);
    const point = points[at] ?? points.at(-1)!;
    const left = points.length - 1 - at;
    if ((!decides && left > 0) || problem(samples))
      return { action: left > 0 && !problem(samples) ? 'continue' : 'stop', state: 'undecided', look: 0 };
    const constant = exact && isConstant(base) && isConstant(candidate);
    if (point === EXACT && !constant) {
      varies = true;
      return { action: 'continue', state: 'undecided', look: 0 };
    }
    const judgement = constant
      ? judgeExact(base, candidate, rule)
      : judge(base, candidate, rule, point.alpha, points.at(-1));
    judgements.push(judgement);
    const ready = point === EXACT ? watchdogs.filter(isDeterministic) : watchdogs;
    const sampled = ready.map((w) => ({ ...w, ...valuesOf(samples, w.name), deterministic: isDeterministic(w) }));
    seen = judgeWatchdogs(sampled, test, left === 0);
    const sampleOthers = point === EXACT && judgement.passes && ready.length < watchdogs.length;
    latest = sampleOthers
      ? { action: 'continue', state: 'passed', look: 0 }
      : decide(
          judgements,
          seen.map((w) => w.verdict),
          point === EXACT ? 0 : left,
        );
    return latest;
  };

  const conclude: SessionJudge['conclude'] = (measured) => {
    const decision = measured && (latest?.action === 'stop' ? latest : look(measured));
    const judgement = decision && (judgements[latest?.look ?? 0] ?? null);
    return {
      judgement,
      watchdogs: decision ? seen : [],
      stopped: judgement ? whyStopped(decision, judgement) : 'broken',
    };
  };

  const warnings = (): Warning[] => (varies ? [{ code: 'not_deterministic', metric: primary.name }] : []);
  return { points, look, conclude, problem, warnings };
}

const EXACT: Look = { n: 2, alpha: 0 };

function whyStopped(decision: Decision, judgement: Judgement): SessionData['stopped'] {
  if (judgement.p === null) return 'exact';
  if (decision.state === 'passed') return 'passed';
  if (decision.state !== 'failed_futile') return 'cap';
  return judgement.unlikely ? 'unlikely' : 'futile';
}

function problemOf(contract: Contract, samples: readonly Sample[], test: Test): Broken | null {
  const { primary, watchdogs } = contract.metrics;
  const { base, candidate } = valuesOf(samples, primary.name);
  const problems = [
    { metric: primary.name, problem: samplesProblem(base, candidate, ruleOf(contract, test)) },
    ...watchdogs.map((w) => ({
      metric: w.name,
      problem: watchdogProblem({ ...w, ...valuesOf(samples, w.name) }, test),
    })),
  ];
  for (const { metric, problem } of problems) {
    if (!problem) continue;
    if (!('arm' in problem) || problem.arm === 'candidate')
      return { arm: 'candidate', code: 'not_judgeable', metric, problem };
    return { arm: 'base', code: 'not_judgeable', text: `${metric} cannot be judged: ${problemText(problem)}` };
  }
  return null;
}

/** The values of a metric in the order of the pairs, without warm-ups. */
export function valuesOf(samples: readonly Sample[], metric: string): { base: number[]; candidate: number[] } {
  const of = (arm: Sample['arm']) =>
    samples
      .filter((s) => s.arm === arm && !s.warmup)
      .sort((a, b) => a.pair - b.pair)
      .map((s) => s.metrics[metric]!);
  return { base: of('base'), candidate: of('candidate') };
}

/** The number of executions of each arm, without warm-ups. */
export function countsOf(samples: readonly Sample[]): [base: number, candidate: number] {
  const of = (arm: Sample['arm']) => samples.filter((s) => s.arm === arm && !s.warmup).length;
  return [of('base'), of('candidate')];
}

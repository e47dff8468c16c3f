import type { Contract } from '../contract/schema/contract.ts';
import { isDeterministic } from '../contract/schema/metrics.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import type { Reason } from '../record/data.ts';
import { isConstant, judgeExact } from '../stats/exact.ts';
import { judge } from '../stats/judge.ts';
import type { Judgement } from '../stats/judgement.ts';
import type { Look } from '../stats/looks.ts';
import { type Problem, type Rule, samplesProblem, type Test } from '../stats/rule.ts';
import { type Decision, decide } from '../stats/sequential.ts';
import { judgeWatchdogs, type WatchdogJudgement, watchdogProblem } from '../stats/watchdog.ts';

/** A reason that lies with one of the arms. */
export type ArmReason = Reason & { arm: 'base' | 'candidate' };

/** How a session is judged: the looks, and what was seen at each of them. Nothing here has an effect. */
export type Course = {
  points: readonly Look[];
  /** Judges the samples so far, at one of the looks. */
  look(samples: readonly Sample[]): Decision;
  /** The decision at the end; the last look is asked here. */
  last(samples: readonly Sample[]): Decision;
  /** Why the samples cannot be judged, if they cannot. */
  problem(samples: readonly Sample[]): ArmReason | null;
  /** At the look that decided. */
  judgement(): Judgement | null;
  watchdogs(): WatchdogJudgement[];
  notes(): string[];
};

type Design = { looks: readonly Look[]; test: Test; decides: boolean };

export const ruleOf = (contract: Contract, test: Test): Rule => ({
  lower_is_better: contract.metrics.primary.lower_is_better,
  threshold: contract.threshold,
  claim: contract.claim,
  test,
});

/**
 * The course of a session. A deterministic primary is first compared exactly after two executions an arm: that settles it, unless
 * it varies after all (then it is sampled like any other), or a watchdog still has to be sampled.
 */
export function courseOf(contract: Contract, { looks, test, decides }: Design): Course {
  const { primary, watchdogs } = contract.metrics;
  const rule = ruleOf(contract, test);
  const exact = isDeterministic(primary);
  const points: Look[] = exact ? [EXACT, ...looks] : [...looks];
  const judgements: Judgement[] = [];
  let seen: WatchdogJudgement[] = [];
  let latest: Decision | undefined;
  let varies = false;

  const problem = (samples: readonly Sample[]) => problemOf(contract, samples, test);

  const look = (samples: readonly Sample[]): Decision => {
    const { base, candidate } = valuesOf(samples, primary.name);
    // The candidate's runs tell the look: those of a base that was measured before are all there from the start.
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
    const judgement = constant ? judgeExact(base, candidate, rule) : judge(base, candidate, rule, point.alpha);
    judgements.push(judgement);
    const ready = point === EXACT ? watchdogs.filter(isDeterministic) : watchdogs;
    const given = ready.map((w) => ({ ...w, ...valuesOf(samples, w.name), deterministic: isDeterministic(w) }));
    seen = judgeWatchdogs(given, test, left === 0);
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

  return {
    points,
    look,
    problem,
    last: (samples) => (latest?.action === 'stop' ? latest : look(samples)),
    judgement: () => judgements[latest?.look ?? 0] ?? null,
    watchdogs: () => seen,
    notes: () =>
      varies ? [`${primary.name} is declared deterministic, but it varies between executions: it was sampled.`] : [],
  };
}

const EXACT: Look = { n: 2, alpha: 0 };

function problemOf(contract: Contract, samples: readonly Sample[], test: Test): ArmReason | null {
  const { primary, watchdogs } = contract.metrics;
  const problems = [
    {
      name: primary.name,
      found: samplesProblem(...pair(samples, primary.name), { threshold: contract.threshold, test }),
    },
    ...watchdogs.map((w) => ({ name: w.name, found: watchdogProblem({ ...w, ...valuesOf(samples, w.name) }, test) })),
  ];
  const first = problems.find((p) => p.found);
  if (!first?.found) return null;
  const { found, name } = first;
  return {
    arm: 'arm' in found ? found.arm : 'candidate',
    code: 'not_judgeable',
    text: `${name} cannot be judged: ${problemText(found)}`,
  };
}

function pair(samples: readonly Sample[], metric: string): [base: number[], candidate: number[]] {
  const { base, candidate } = valuesOf(samples, metric);
  return [base, candidate];
}

/** Half a sentence about samples that cannot be judged. */
export function problemText(problem: Problem): string {
  switch (problem.code) {
    case 'empty':
      return `there are no samples of the ${problem.arm}`;
    case 'not_finite':
      return `run ${problem.index + 1} of the ${problem.arm} gave ${problem.value}`;
    case 'not_positive':
      return `run ${problem.index + 1} of the ${problem.arm} gave ${problem.value}, and a percentage needs positive values: use \`threshold: { type: absolute }\``;
    case 'unequal_pairs':
      return `there are ${problem.n_base} runs of the base and ${problem.n_candidate} of the candidate, and this test needs pairs`;
  }
}

/** The values of a metric in the order of the pairs. */
export function valuesOf(samples: readonly Sample[], metric: string): { base: number[]; candidate: number[] } {
  const of = (arm: Sample['arm']) =>
    samples
      .filter((s) => s.arm === arm && !s.warmup)
      .sort((a, b) => a.pair - b.pair)
      .map((s) => s.metrics[metric]!);
  return { base: of('base'), candidate: of('candidate') };
}

export function countsOf(samples: readonly Sample[]): [base: number, candidate: number] {
  const of = (arm: Sample['arm']) => samples.filter((s) => s.arm === arm && !s.warmup).length;
  return [of('base'), of('candidate')];
}

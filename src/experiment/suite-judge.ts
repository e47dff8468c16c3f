import type { Contract } from '../contract/schema/contract.ts';
import { isDeterministic } from '../contract/schema/metrics.ts';
import { printsMany } from '../contract/suite.ts';
import type { Sample } from '../measure/sessions/sample.ts';
import { orNull, toPercent } from '../stats/percent.ts';
import { samplesProblem } from '../stats/rule.ts';
import { type Chances, geometricMean, type SuiteAnswer, type SuiteLooks, spentOver } from '../stats/suite.ts';
import { suiteLooks } from '../stats/suite-looks.ts';
import { lookAtSuite, type Sequence, type SuitePlan } from '../stats/suite-sequence.ts';
import type { Reason } from './judged.ts';
import { problemText } from './problem-text.ts';
import { ruleOf } from './rule-of.ts';
import { type CommandSamples, metricOf, valuesIn } from './suite-values.ts';

/**
 * A measured command of a suite. `broken`: why the candidate failed. `onlyIn`: the only commit that has the benchmark. Null if both commits
 * have it.
 */
export type MeasuredCommand = CommandSamples & { broken: Reason | null; onlyIn: 'base' | 'head' | null };

/**
 * A benchmark of the suite, with its verdict. Improvements are in per cent of the base, and positive is better. The numbers are null if the
 * benchmark was not measured to the first look.
 */
export type JudgedBenchmark = {
  name: string;
  unit: string;
  lower_is_better: boolean;
  claim: 'proven' | 'no_worse';
  /** The required gain (claim `proven`) or the margin (claim `no_worse`). */
  threshold_pct: number;
  answer: SuiteAnswer | 'failed';
  /** Whether it is proved that this benchmark improved, by any amount. */
  better: boolean;
  /** Why the candidate failed. */
  failed: Reason | null;
  baseline: number | null;
  candidate: number | null;
  improvement_pct: number | null;
  ci95_pct: [number | null, number | null] | null;
  /** The benchmark's own p-values: for the claim, against the claim, and for any gain. They cover all looks, before Holm's correction. */
  p: Chances | null;
  pairs: number;
};

export type SuiteJudgement = {
  benchmarks: JudgedBenchmark[];
  /** The names of the benchmarks that only the candidate has (`added`), or only the base (`removed`). */
  added: string[];
  removed: string[];
  /** Over the measured benchmarks. */
  geometric_mean: ReturnType<typeof geometricMean>;
  looks: SuiteLooks;
  alpha: number;
};

type One = { name: string; command: MeasuredCommand; metric: string; sequence: Sequence; problem: Reason | null };

/** Judges a suite, or a part of it, during its measurement. */
export function suiteJudge(contract: Contract, commands: readonly MeasuredCommand[]) {
  let followed: One[] = [];
  let plan = planOf(contract, commands, commands.length);
  let open: readonly One[] = [];
  return {
    last: () => plan.looks.at(-1)!.n,
    /** The number of benchmarks that need no more executions, and the number of all benchmarks. */
    decided: () => ({
      done: followed.filter((one) => !open.includes(one) || one.command.broken).length,
      of: followed.length,
    }),
    /** The indexes of the commands in the round after `round`. Round 0 is the warm-ups. */
    next(round: number, present: readonly number[]): readonly number[] {
      if (round === 0) {
        followed = followedOf(commands, namesIn(commands).judged);
        plan = planOf(contract, commands, followed.length);
        open = followed;
        return followed.length > 0 ? present : [];
      }
      if (!plan.looks.some(({ n }) => n === round)) return present;
      const left = atLook(followed, round, plan);
      open = left.open;
      return present.filter((i) => left.staying.some((one) => one.command === commands[i]));
    },
  };
}

/** Judges the pairs up to a look. `staying`: the benchmarks that must still be measured. `open`: those of them that have no verdict yet. */
function atLook(followed: readonly One[], n: number, plan: SuitePlan): { staying: One[]; open: One[] } {
  const nth = plan.looks.findIndex((look) => look.n === n);
  const ready = followed.flatMap((one, i) => (one.sequence.seen.length === nth && take(one, n) ? [i] : []));
  const suite = followed.map(({ sequence }) => sequence);
  const { present, verdicts } = lookAtSuite(suite, ready, plan);
  const staying = present.map((i) => followed[i]!);
  return { staying, open: staying.filter((one) => verdicts[followed.indexOf(one)]!.answer === 'undecided') };
}

const arms = ['base', 'candidate'] as const;

/**
 * Sets a benchmark's values to the values of its first `n` pairs. Returns false if the benchmark has fewer values, or if its values cannot
 * be judged.
 */
function take(one: One, n: number): boolean {
  const { command, metric, sequence } = one;
  if (command.broken || one.problem) return false;
  const [base, candidate] = arms.map((arm) => valuesIn(command.samples, arm, metric, n)) as [number[], number[]];
  if (base.length !== n || candidate.length !== n) return false;
  const problem = samplesProblem(base, candidate, { threshold: sequence.asked.threshold, test: sequence.asked.test });
  if (problem) one.problem = { code: 'not_judgeable', text: problemText(problem) };
  Object.assign(sequence, { base, candidate });
  return !problem;
}

/**
 * Judges a suite from its samples alone, look by look. Used after a comparison, and again in `verify`. `commands`: all commands of the
 * contract, or a part of them.
 */
export function judgeCommands(contract: Contract, commands: readonly MeasuredCommand[]): SuiteJudgement {
  const { judged, added, removed } = namesIn(commands);
  const followed = followedOf(commands, judged);
  const plan = planOf(contract, commands, followed.length);
  const { looks, alpha } = plan;
  for (const { n } of looks) atLook(followed, n, plan);
  const suite = followed.map(({ sequence }) => sequence);
  const { verdicts } = lookAtSuite(suite, [], plan);
  return {
    benchmarks: followed.map((one, i) => judgedOf(one, verdicts[i]!, looks)),
    added,
    removed,
    geometric_mean: geometricMean(suite.flatMap(({ seen }) => seen.at(-1) ?? [])),
    looks,
    alpha,
  };
}

function judgedOf(
  { name, command, sequence, problem }: One,
  verdict: { answer: SuiteAnswer; better: boolean },
  looks: SuiteLooks,
): JudgedBenchmark {
  const { asked, seen } = sequence;
  const { unit, lower_is_better } = command.contract.metrics.primary;
  const last = seen.at(-1);
  const percent = (x: number) => orNull(toPercent(x, lower_is_better ? 'decrease' : 'increase'));
  const failed = command.broken ?? problem ?? (last ? null : missing);
  return {
    name,
    unit,
    lower_is_better,
    claim: asked.claim === 'no_worse' ? 'no_worse' : 'proven',
    threshold_pct: Math.abs(asked.threshold.pct_min),
    answer: failed ? 'failed' : verdict.answer,
    better: failed === null && verdict.better,
    failed,
    baseline: last?.baseline ?? null,
    candidate: last?.candidate ?? null,
    improvement_pct: last ? percent(last.estimate) : null,
    ci95_pct: last ? [percent(last.lower), percent(last.upper)] : null,
    p: last ? spentOver(seen, looks) : null,
    pairs: last?.n ?? 0,
  };
}

const missing: Reason = { code: 'candidate_failed', text: 'some executions printed no value of it' };

/**
 * Returns the names of the benchmarks that the contract lists or the commands print. `judged`: the benchmarks of both arms. `added`: those
 * of the candidate alone. `removed`: those of the base alone.
 */
function namesIn(commands: readonly MeasuredCommand[]): { judged: string[]; added: string[]; removed: string[] } {
  const [one] = commands;
  if (one?.name !== null) {
    const named = (where: MeasuredCommand['onlyIn']) =>
      commands.filter(({ onlyIn }) => onlyIn === where).map(({ name }) => name!);
    return { judged: named(null), added: named('head'), removed: named('base') };
  }
  const of = (arm: Sample['arm']) => Object.keys(one.samples.find((s) => s.arm === arm)?.metrics ?? {});
  const [base, head] = [of('base'), of('candidate')];
  const isKnown = head.length === 0; // if the candidate printed nothing, the base's benchmarks failed and were not removed
  return {
    judged: base.filter((name) => isKnown || head.includes(name)),
    added: head.filter((name) => !base.includes(name)),
    removed: isKnown ? [] : base.filter((name) => !head.includes(name)),
  };
}

function followedOf(all: readonly MeasuredCommand[], names: readonly string[]): One[] {
  const commands = all.filter(({ onlyIn }) => onlyIn === null);
  return names.map((name, i) => {
    const command = commands.length === 1 ? commands[0]! : commands[i]!;
    const { contract } = command;
    const { test: asked } = contract.significance;
    const rule = ruleOf(contract, asked === 'auto' ? 'mann_whitney' : asked);
    const metric = metricOf(command, name);
    const sequence = {
      asked: { ...rule, deterministic: isDeterministic(contract.metrics.primary) },
      base: [],
      candidate: [],
      seen: [],
    };
    return { name, command, metric, sequence, problem: null };
  });
}

/**
 * Returns the rule and the looks by which the benchmarks of both arms are judged. The looks and Holm's family cover all benchmarks that the
 * contract lists, including benchmarks that another machine measures. The parts of a suite can therefore be judged as one.
 */
function planOf(contract: Contract, commands: readonly MeasuredCommand[], followed: number): SuitePlan {
  const together = printsMany(contract);
  const listed = together ? followed : contract.benchmarks!.length;
  return {
    looks: looksFor(contract, listed),
    alpha: contract.significance.alpha,
    together,
    of: listed - (together ? 0 : commands.filter(({ onlyIn }) => onlyIn !== null).length),
  };
}

function looksFor({ repro, significance }: Contract, benchmarks: number): SuiteLooks {
  const { measurement_runs: first, max_runs: last } = repro;
  return suiteLooks({
    benchmarks: Math.max(1, benchmarks),
    alpha: significance.alpha,
    test: significance.test === 'auto' ? 'mann_whitney' : significance.test,
    ...(first === 'auto' ? {} : { first }),
    ...(last === 'auto' ? {} : { last }),
  });
}

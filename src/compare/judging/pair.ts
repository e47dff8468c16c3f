import type { Amount } from '../../core/amount.ts';
import { failure } from '../../core/errors.ts';
import { areAlike, convert, isRate } from '../../core/units.ts';
import { type JudgedSamples, judgeSamples, type SamplesWarning } from '../../experiment/judge-samples.ts';
import { problemText } from '../../experiment/problem-text.ts';
import type { SampleSet } from '../../measure/formats/sample-sets.ts';
import { warningText } from '../../report/warnings.ts';
import type { Arm, Problem, Rule } from '../../stats/rule.ts';
import type { Question } from './question.ts';

/** A warning: a code and facts for programs, and a sentence for people. */
export type ToldWarning = (
  | SamplesWarning
  | { code: 'unit_unknown' | 'higher_is_better' | 'not_in_turn' }
  | { code: 'sorted'; arm: Arm }
) & { text: string };

/** The judgement of two sets of samples, with warnings. */
export type JudgedPair = JudgedSamples & { told: ToldWarning[] };

/** The fewest samples of each arm with which the result of a rank test can be significant. */
const leastSamples = 4;

/**
 * Judges two sets of samples in one unit.
 * @throws usage: units that cannot be converted; samples_not_judgeable; samples_too_few
 */
export function judgePair(base: SampleSet, candidate: SampleSet, question: Question): JudgedPair {
  const { rule, threshold } = question;
  const { unit, values, least } = inOneUnit(base, candidate, threshold);
  const higher = question.higherIsBetter || isRate(unit);
  const judged = judgeSamples({
    ...values,
    metric: { name: nameOf(unit), unit, lower_is_better: !higher },
    rule: { ...rule, threshold: least },
  });
  if ('problem' in judged) {
    const { problem } = judged;
    throw failure('samples_not_judgeable', { problem: problemText(problem), todo: remedy(problem, rule.claim, unit) });
  }
  if (Math.min(base.values.length, candidate.values.length) < leastSamples)
    throw failure('samples_too_few', {
      base: base.values.length,
      candidate: candidate.values.length,
      least: leastSamples,
    });
  const sorted = arms.filter((arm) => isSorted(values[arm]));
  const told: ToldWarning[] = judged.warnings
    .filter((w) => !(ofOrder.has(w.code) && 'arm' in w && sorted.includes(w.arm)))
    .map((w) => ({ ...w, text: warningText(w) }));
  told.push(...sorted.map(sortedWarning));
  if ((base.unit === '') !== (candidate.unit === '')) told.push(unclear(base.unit || candidate.unit));
  if (higher && !question.higherIsBetter)
    told.push({ code: 'higher_is_better', text: `${unit} is a rate: higher is better` });
  if (!rule.paired) told.push(notInTurn);
  return { ...judged, told };
}

const arms = ['base', 'candidate'] as const;

/** The codes of the warnings about the order of the samples. */
const ofOrder = new Set(['drift', 'autocorrelation', 'first_run_differs']);

/**
 * Whether the samples are sorted, as some tools write them. Chance is an unlikely reason: eight different samples in random order are
 * sorted with a probability of 1 in 40,000.
 */
const isSorted = (values: readonly number[]) =>
  new Set(values).size >= 8 && values.every((value, i) => i === 0 || values[i - 1]! <= value);

const sortedWarning = (arm: Arm): ToldWarning => ({
  code: 'sorted',
  arm,
  text: `${arm}: the samples are sorted, so the order of measurement is unknown. perf-gate cannot detect a drift, and pairs have no meaning`,
});

/** The hint of the error for samples that cannot be judged, such as `Leave out --paired …`. */
function remedy({ code }: Problem, claim: Rule['claim'], unit: string): string {
  if (code === 'unequal_pairs') return 'Leave out --paired, or pass as many samples of the base as of the candidate.';
  if (code !== 'not_positive') return 'Every sample must be a finite number.';
  return claim === 'no_worse'
    ? 'A margin in per cent needs positive samples. Ask instead whether the candidate is better by an amount: --threshold 1, without --no-worse-than.'
    : `Give the threshold as an amount in the unit of the samples: --threshold 1${unit}.`;
}

const unclear = (unit: string): ToldWarning => ({
  code: 'unit_unknown',
  text: `one file names no unit, so perf-gate assumes ${unit}, the unit of the other file`,
});

const notInTurn: ToldWarning = {
  code: 'not_in_turn',
  text: 'perf-gate does not know whether the two sets were measured in turn. If they were not, a change of the machine between them looks like an effect; `perf-gate compare` measures in turn',
};

/**
 * Converts samples and threshold to the unit of the base, or to milliseconds if the base is in seconds.
 * @throws usage: units that cannot be converted
 */
function inOneUnit(base: SampleSet, candidate: SampleSet, threshold: Amount) {
  const asked = threshold.kind === 'absolute' ? threshold.unit : '';
  const own = base.unit || candidate.unit || asked;
  const unit = own === 's' ? 'ms' : own;
  const into = (value: number, from: string) => convert(value, from || own, unit);
  for (const [what, from] of [['candidate', candidate.unit] as const, ['threshold', asked] as const]) {
    if (from === '' || areAlike(from, unit)) continue;
    const hint = 'Give base, candidate and threshold in units of the same kind, such as ms and s.';
    throw failure('usage', { problem: `The samples of the base are in ${unit}, but the ${what} is in ${from}.`, hint });
  }
  const least: Rule['threshold'] = {
    type: threshold.kind,
    pct_min: threshold.kind === 'pct' ? threshold.value : 0,
    absolute_min: threshold.kind === 'absolute' ? into(threshold.value, asked) : 0,
    significance_required: true,
  };
  const values = {
    base: base.values.map((v) => into(v, base.unit)),
    candidate: candidate.values.map((v) => into(v, candidate.unit)),
  };
  return { unit, values, least };
}

const nameOf = (unit: string) => (areAlike(unit, 'ms') ? 'time' : areAlike(unit, 'KB') ? 'size' : 'value');

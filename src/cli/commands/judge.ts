import { resolve } from 'node:path';
import { type Answer, judgeSamples } from '../../compare/samples.ts';
import { failure } from '../../core/errors.ts';
import { areAlike, convert } from '../../core/units.ts';
import { type SampleSet, samplesIn } from '../../measure/formats/sample-sets.ts';
import { exitCodes } from '../../run/outcome.ts';
import type { Rule, Test } from '../../stats/rule.ts';
import type { Options, Run } from '../command.ts';
import { choiceOf, numberOf, textOf } from '../options.ts';
import { verdictText } from '../terminal/verdict-text.ts';
import { parseThreshold, type Threshold } from '../threshold.ts';

export const run: Run = async ([baseFile = '', candidateFile = ''], options, tools) => {
  const key = textOf(options, 'key');
  const base = samplesIn(resolve(tools.cwd, baseFile), key);
  const candidate = samplesIn(resolve(tools.cwd, candidateFile), textOf(options, 'candidateKey') ?? key);
  const threshold = parseThreshold(textOf(options, 'threshold') ?? '0');
  const { unit, values, least } = inOneUnit(base, candidate, threshold);
  const answer = judgeSamples({
    ...values,
    metric: { name: nameOf(unit), unit, lower_is_better: options.higherIsBetter !== true },
    rule: { ...ruleFrom(options), threshold: least },
  });
  if (unitsUnclear(base, candidate)) answer.warnings.push(unclear(base.unit || candidate.unit));
  if (tools.json) tools.out(JSON.stringify(shownOf(answer)));
  else {
    const title = `${nameIn(base, baseFile)} → ${nameIn(candidate, candidateFile)}`;
    tools.out(verdictText({ ...answer, title, notes: answer.warnings.map((w) => w.text) }, tools));
  }
  return exitCodes[answer.verdict];
};

/** The object that `--json` prints. The p-values are one-sided, for “the candidate is better”. */
function shownOf({ verdict, judgement, warnings }: Answer) {
  const { improvement_pct, ci95_pct, p_shifted, u, w, lower_bound_pct, n_base, n_candidate, cles } = judgement;
  const seen = { improvement_pct, ci95_pct, p: judgement.p_values, p_shifted, u, w, lower_bound_pct };
  return { verdict, ...seen, n_base, n_candidate, cles, warnings };
}

const tests = ['auto', 'mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const;

/** Without an A/A session nothing speaks for the signed-rank test; pairs that are declared do. */
function ruleFrom(options: Options) {
  const asked = choiceOf(options, 'test', tests);
  const paired = options.paired === true || asked === 'wilcoxon_signed_rank';
  const test: Test = asked === 'auto' ? (paired ? 'wilcoxon_signed_rank' : 'mann_whitney') : asked;
  const alpha = numberOf(options, 'alpha', { least: 1e-6, most: 0.5, otherwise: 0.05 });
  return { test, paired, alpha, claim: choiceOf(options, 'claim', ['proven', 'observed']) };
}

/** Samples and threshold in the unit of the base, seconds as milliseconds. Throws `usage` where units cannot be converted. */
function inOneUnit(base: SampleSet, candidate: SampleSet, threshold: Threshold) {
  const asked = threshold.kind === 'absolute' ? threshold.unit : '';
  const own = base.unit || candidate.unit || asked;
  const unit = own === 's' ? 'ms' : own;
  const into = (value: number, from: string) => convert(value, from || own, unit);
  for (const [what, from] of [['candidate', candidate.unit] as const, ['threshold', asked] as const]) {
    if (from === '' || areAlike(from, unit)) continue;
    const hint = 'Give both in units of one kind, such as ms and s.';
    throw failure('usage', { problem: `The samples of the base are in ${unit}, the ${what} is in ${from}.`, hint });
  }
  const amount = threshold.kind === 'absolute' ? into(threshold.value, asked) : 0;
  const least: Rule['threshold'] = {
    type: threshold.kind,
    pct_min: threshold.kind === 'pct' ? threshold.value : 0,
    absolute_min: amount,
    significance_required: true,
  };
  const values = {
    base: base.values.map((v) => into(v, base.unit)),
    candidate: candidate.values.map((v) => into(v, candidate.unit)),
  };
  return { unit, values, least };
}

const unitsUnclear = (base: SampleSet, candidate: SampleSet) => (base.unit === '') !== (candidate.unit === '');

const unclear = (unit: string) => ({
  code: 'unit_unknown',
  text: `one file does not tell its unit: it is taken to be ${unit}, as in the other`,
});

const nameOf = (unit: string) => (areAlike(unit, 'ms') ? 'time' : areAlike(unit, 'KB') ? 'size' : 'value');

const nameIn = (set: SampleSet, file: string) => set.name || file;

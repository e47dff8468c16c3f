import { resolve } from 'node:path';
import { failure } from '../../core/errors.ts';
import { areAlike, convert } from '../../core/units.ts';
import { type JudgedSamples, judgeSamples, type SamplesWarning } from '../../experiment/judge-samples.ts';
import { problemText } from '../../experiment/problem-text.ts';
import { type SampleSet, samplesIn } from '../../measure/formats/sample-sets.ts';
import { answerOf } from '../../report/answer.ts';
import { storyVerdict, termsOf } from '../../report/story/of-verdict.ts';
import { warningText } from '../../report/warnings.ts';
import { exitCodes } from '../../run/outcome.ts';
import type { Rule, Test } from '../../stats/rule.ts';
import type { Amount } from '../amount.ts';
import { define } from '../command.ts';
import { amount, choice, flag, number, text } from '../options.ts';
import { verdictText } from '../terminal/verdict-text.ts';
import { noWorseThanOption, twoQuestions } from './no-worse-than.ts';

const tests = ['auto', 'mann_whitney', 'wilcoxon_signed_rank', 'mean_2sigma'] as const;

const anyImprovement: Amount = { kind: 'absolute', value: 0, unit: '' };

export const command = define({
  name: 'judge',
  group: 'question',
  arguments: '<base> <candidate>',
  summary: 'judge samples you have: is the candidate better, or no worse',
  detail:
    'Reads JSON arrays of numbers, `{"samples": […]}`, exports of hyperfine and of `perf-gate measure`, and the text of `go test -bench`. Exit code 0: accepted; 1: rejected; 4: inconclusive.',
  example: 'perf-gate judge before.json after.json --threshold 5%',
  options: {
    '--threshold <amount>': amount(
      'how much better it must be: 5%, 10ms, or a number in the unit of the samples (default: any improvement)',
    ),
    ...noWorseThanOption,
    '--paired': flag('the samples are pairs, in this order: judged by the signed-rank test'),
    '--test <test>': choice('auto, mann_whitney, wilcoxon_signed_rank or mean_2sigma', tests, { otherwise: 'auto' }),
    '--higher-is-better': flag('for rates and scores'),
    '--alpha <p>': number('the chance to call an improvement that is not there', {
      least: 1e-6,
      most: 0.5,
      otherwise: 0.05,
    }),
    '--claim <claim>': choice(
      'proven: the lower bound reaches the threshold; observed: the estimate does',
      ['proven', 'observed'],
      { otherwise: 'proven' },
    ),
    '--key <name>': text('which benchmark, if a file holds several'),
    '--candidate-key <name>': text('which benchmark of the candidate, if it has another name'),
  },
  parse: ({ threshold, test: asked, paired: declared, alpha, claim: claimed, candidateKey, noWorseThan, ...given }) => {
    if (threshold && noWorseThan !== undefined) throw twoQuestions();
    const claim: Rule['claim'] = noWorseThan === undefined ? claimed : 'no_worse';
    const paired = declared || asked === 'wilcoxon_signed_rank';
    // Without an A/A session nothing supports the signed-rank test; declared pairs do.
    const test: Test = asked === 'auto' ? (paired ? 'wilcoxon_signed_rank' : 'mann_whitney') : asked;
    const least: Amount =
      noWorseThan === undefined ? (threshold ?? anyImprovement) : { kind: 'pct', value: -noWorseThan };
    return {
      ...given,
      candidateKey: candidateKey ?? given.key,
      threshold: least,
      rule: { test, paired, alpha, claim },
    };
  },
  async run({ base: baseFile, candidate: candidateFile, key, candidateKey, threshold, rule, higherIsBetter }, tools) {
    const base = samplesIn(resolve(tools.cwd, baseFile), key);
    const candidate = samplesIn(resolve(tools.cwd, candidateFile), candidateKey);
    const { unit, values, least } = inOneUnit(base, candidate, threshold);
    const judged = judgeSamples({
      ...values,
      metric: { name: nameOf(unit), unit, lower_is_better: !higherIsBetter },
      rule: { ...rule, threshold: least },
    });
    if ('problem' in judged) throw failure('samples_not_judgeable', { problem: problemText(judged.problem) });
    const warnings: ToldWarning[] = judged.warnings.map((w) => ({ ...w, text: warningText(w) }));
    if (unitsUnclear(base, candidate)) warnings.push(unclear(base.unit || candidate.unit));
    if (tools.json) tools.out(JSON.stringify(shownOf(judged, warnings)));
    else {
      const title = `${nameIn(base, baseFile)} → ${nameIn(candidate, candidateFile)}`;
      const { asked } = judged;
      const notes = warnings.map((w) => w.text);
      tools.out(verdictText({ title, judged: storyVerdict(judged, asked), terms: termsOf(asked), notes }, tools));
    }
    return exitCodes[judged.verdict];
  },
});

/** A code and facts for programs, a sentence for people. */
type ToldWarning = (SamplesWarning | { code: 'unit_unknown' }) & { text: string };

/** The object that `--json` prints. The p-values are one-sided, for “the candidate is better”. */
function shownOf({ judgement, ...judged }: JudgedSamples, warnings: ToldWarning[]) {
  const { improvement_pct, ci95_pct, p_shifted, u, w, lower_bound_pct, n_base, n_candidate, cles } = judgement;
  const seen = { improvement_pct, ci95_pct, p: judgement.p_values, p_shifted, u, w, lower_bound_pct };
  return { verdict: answerOf(judged, judged.asked), ...seen, n_base, n_candidate, cles, warnings };
}

/** Samples and threshold in the unit of the base, seconds as milliseconds. @throws usage: units that cannot be converted */
function inOneUnit(base: SampleSet, candidate: SampleSet, threshold: Amount) {
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

const unclear = (unit: string): ToldWarning => ({
  code: 'unit_unknown',
  text: `one file does not tell its unit: it is taken to be ${unit}, as in the other`,
});

const nameOf = (unit: string) => (areAlike(unit, 'ms') ? 'time' : areAlike(unit, 'KB') ? 'size' : 'value');

const nameIn = (set: SampleSet, file: string) => set.name || file;

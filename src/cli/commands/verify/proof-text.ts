import { count, oneLine } from '../../../core/text.ts';
import type { Caveat } from '../../../experiment/caveats/caveat.ts';
import { caveatLine } from '../../../report/caveats.ts';
import { change } from '../../../report/words.ts';
import type { Proof } from '../../../verify/proof/form.ts';
import type { JudgedProof } from '../../../verify/proof/judge.ts';
import type { JudgedChange, Summary } from '../../../verify/proof/summary.ts';
import { type OneVerdict, togetherIn, verdictsIn } from '../../../verify/proof/verdicts.ts';
import { judgedText } from './words.ts';

/** The judgement of a proof as text. If the file of the proof is unchanged, the text also describes the content. */
export function shownProof(
  name: string,
  { proof, checked, ...judged }: JudgedProof & { proof: Proof | null },
  again: OneVerdict | null = null,
): string {
  const counts = [
    ...(checked.records > 0 ? [count(checked.records, 'journal line')] : []),
    `${count(checked.samples, 'sample')} of ${count(checked.sessions, 'session')}`,
  ].join(', ');
  const { summary } = judged;
  const about = proof && summary ? [...aboutLines(proof, summary), '', ...verdictLines(proof, summary, again)] : [];
  return [judgedText(name, judged, counts), ...about].join('\n');
}

function aboutLines({ evidence, id, made_by }: Proof, summary: Summary): string[] {
  const { contract, base, changes } = summary;
  const several = changes.flatMap((one) => [
    ...(evidence.of === 'run' ? [`  ${changeText(one)}`] : []),
    ...(evidence.of === 'suite' ? one.reasons.map((answer) => `  ${answer}`) : []),
    ...one.told.map((sign) => `  caveat: ${caveatText(sign)}`),
  ]);
  return [
    '',
    `The ${evidence.of} ${id}, as perf-gate ${made_by.perf_gate} recorded it.`,
    `Base: ${base}`,
    ...(evidence.of !== 'run' ? [`Head: ${evidence.record.head}`] : []),
    ...several,
    contract
      ? `Contract ${contract.hash.slice(0, 12)}: ${contract.parsed.repro?.script}`
      : 'The run ended before it had a contract.',
  ].map((line) => line.replace(/\S.*/s, oneLine));
}

/** The sentence of a caveat. Returns only the code of the caveat if its facts are missing, as in a forged proof. */
function caveatText(sign: Caveat): string {
  try {
    return caveatLine(sign);
  } catch {
    return sign.code;
  }
}

function changeText({ attempt, verdict, reasons, improvement_pct, commit }: JudgedChange): string {
  const size = improvement_pct === null ? '' : `, ${change(improvement_pct, true)}`;
  return `attempt ${attempt}: ${verdict} (${reasons.join(', ')})${size}${commit ? `, commit ${commit}` : ''}`;
}

/** A line for each verdict, with the machine that measured it. */
function verdictLines(proof: Proof, summary: Summary, again: OneVerdict | null): string[] {
  const lower = summary.contract?.parsed.metrics?.primary?.lower_is_better ?? true;
  const [first, ...others] = verdictsIn(proof, summary);
  const [elsewhere, replays] = proof.elsewhere ? [others.slice(0, 1), others.slice(1)] : [[], others];
  const together = togetherIn(proof);
  const rows = [
    ['in the proof', first!],
    ...elsewhere.map((other) => [`on ${proof.elsewhere?.record.class}`, other]),
    ...replays.map((replay) => ['measured again', replay]),
    ...(again ? [['measured here', again]] : []),
  ] as [string, OneVerdict][];
  const lines = columns(
    rows.map(([who, { verdict, improvement_pct, environment }]) => [
      who,
      verdict ?? 'not ended',
      improvement_pct === null ? '' : change(improvement_pct, lower),
      environment ? `${environment.cpu_model}, ${count(environment.cores, 'core')}, ${environment.platform}` : '',
    ]),
  );
  return together === null ? lines : [...lines, `Together: ${together}.`];
}

function columns(given: readonly string[][]): string[] {
  const rows = given.map((row) => row.map(oneLine));
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(width(i)))
      .join('  ')
      .trimEnd(),
  );
}

import { type Contested, shareOf } from '../../../compare/commands.ts';
import type { Kept } from '../../../compare/keep.ts';
import { shownComparison } from '../../../compare/shown.ts';
import { count } from '../../../core/text.ts';
import { askedBy } from '../../../experiment/asked-by.ts';
import type { Verdict } from '../../../experiment/judged.ts';
import { weakest } from '../../../experiment/weakest.ts';
import type { Comparison } from '../../../record/comparison.ts';
import { answerOf } from '../../../report/answer.ts';
import { comparisonMarkdown, comparisonWords } from '../../../report/comparison.ts';
import { printedReason } from '../../../report/reasons.ts';
import { folded } from '../../../report/terminal/fold.ts';
import type { Tools } from '../../terminal/tools.ts';
import { verdictText } from '../../terminal/verdict-text.ts';

/** Prints a comparison as a JSON object, as a comment for a pull request, or as a panel with the samples. */
export function tell(comparison: Comparison, kept: Kept, markdown: boolean, tools: Tools): void {
  if (kept.problem !== null) tools.say(`This comparison left no record: ${kept.problem}`);
  if (tools.json) tools.out(JSON.stringify(shownComparison(comparison, kept)));
  else if (markdown) tools.out(comparisonMarkdown(comparison));
  else tools.out(panelOf(comparison, tools));
}

/**
 * Prints the comparisons of several commands with the first command, as one JSON object, as one comment, or as panels and a line for each
 * comparison.
 */
export function tellSeveral(compared: readonly Contested[], markdown: boolean, tools: Tools): void {
  const problem = compared.find(({ kept }) => kept.problem !== null)?.kept.problem;
  if (problem) tools.say(`These comparisons left no record: ${problem}`);
  if (tools.json) {
    const comparisons = compared.map(({ comparison, kept }) => shownComparison(comparison, kept));
    const alpha = shareOf(compared.length);
    tools.out(JSON.stringify({ verdict: overall(compared), correction: 'bonferroni', alpha, comparisons }));
    return;
  }
  if (markdown) {
    const [first, ...rest] = compared.map(({ comparison }) => comparisonMarkdown(comparison));
    // A CI job finds its comment by an invisible line at the start, so only the first comparison keeps this line.
    tools.out([first!, ...rest.map((text) => text.replace(/^<!--.*-->\n\n/, ''))].join('\n'));
    return;
  }
  for (const { comparison } of compared) tools.out(`${panelOf(comparison, tools)}\n`);
  const lines = besideLines(compared.map(({ comparison }) => comparison));
  tools.out(lines.map((line) => (tools.interactive ? folded(line, tools.width) : line)).join('\n'));
}

/** A line for each comparison, in columns. */
function besideLines(compared: readonly Comparison[]): string[] {
  const width = Math.max(...compared.map(({ names }) => names.head.length));
  const shared = count(compared.length, 'comparison');
  return [
    `Compared with ${compared[0]!.names.base} (the false-positive rate of 5 % is divided among ${shared}):`,
    ...compared.map((comparison) => {
      const { names, contract, reasons } = comparison;
      const [reason = ''] = reasons.map((one) => printedReason(one, askedBy(contract)));
      return `  ${names.head.padEnd(width)}  ${answerOf(comparison, contract)}: ${reason}`;
    }),
  ];
}

export const overall = (compared: readonly Pick<Contested, 'comparison'>[]): Verdict =>
  weakest(compared.map(({ comparison }) => comparison.verdict));

export function panelOf(comparison: Comparison, tools: Tools): string {
  const { base, head, judged, contract: terms, warnings: notes } = comparisonWords(comparison);
  return verdictText({ title: `${base} → ${head}`, judged, terms, notes }, tools);
}

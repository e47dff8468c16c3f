import { thresholdLine } from '../sample-rows.ts';
import type { StoryContract, StoryVerdict } from '../story/story.ts';
import { shortCommit } from '../words.ts';
import { samplesMarkdown } from './samples.ts';
import { block, code, paragraphs, text } from './syntax.ts';
import { bulletsOf, verdictSentence, watchdogsTable } from './verdict.ts';

/** The data of the comment: one comparison of two commits. */
export type Comparison = {
  base: string;
  head: string;
  contract: StoryContract;
  judged: StoryVerdict;
  warnings: string[];
};

/**
 * A short comment for a pull request: verdict, reasons and watchdogs, with the samples folded. The invisible first line lets a CI job find
 * its earlier comment, which the job replaces.
 */
export function prComment({ base, head, contract, judged, warnings }: Comparison): string {
  const arms = judged.confirmation ?? judged.screen;
  const plot = arms && samplesMarkdown(arms, { unit: contract.primary.unit, threshold: thresholdLine(arms, contract) });
  return `${paragraphs([
    '<!-- perf-gate -->',
    `### perf-gate: ${code(commitName(base))} → ${code(commitName(head))}`,
    verdictSentence(judged, contract),
    bulletsOf(
      judged,
      warnings.map((w) => `**Warning:** ${text(w)}`),
    ),
    watchdogsTable(judged, contract),
    plot && `<details><summary>Samples and method</summary>\n\n${plot}\n\n${method(contract)}\n\n</details>`,
  ])}\n`;
}

function method(contract: StoryContract): string {
  const parts = [
    `claim ${contract.claim}`,
    contract.test,
    `alpha ${contract.alpha}`,
    contract.order,
    contract.isolation,
  ];
  return paragraphs([block(contract.script, 'sh'), text(parts.join(', '))]);
}

/** Shortens a full commit id, and returns the name of a branch or tag unchanged. */
function commitName(revision: string): string {
  return /^[0-9a-f]{40}$/.test(revision) ? shortCommit(revision)! : revision;
}

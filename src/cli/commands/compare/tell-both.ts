import { hostname } from 'node:os';
import { weakest } from '../../../experiment/weakest.ts';
import { comparisonMarkdown } from '../../../report/comparison.ts';
import { comparisonCase, suiteCases } from '../../../report/junit-cases.ts';
import { suiteMarkdown, suiteText } from '../../../report/suite.ts';
import type { Tools } from '../../terminal/tools.ts';
import type { Measured } from './on.ts';
import { panelOf } from './tell.ts';

type Both = readonly [Measured, Measured];
type How = { markdown: boolean; junit: string | undefined };

/** Prints the comparisons of two classes, as one JSON object, as one comment, or as two panels and a line for each comparison. */
export async function tellBoth(both: Both, { markdown, junit }: How, tools: Tools): Promise<void> {
  const problem = both.find(({ kept }) => kept.problem !== null)?.kept.problem;
  if (problem) tools.say(`One of these comparisons left no record: ${problem}`);
  const verdict = weakest(both.map(({ comparison }) => comparison.verdict));
  if (tools.json) tools.out(JSON.stringify({ verdict, comparisons: both.map(({ shown }) => shown) }));
  else if (markdown) tools.out([...both.map(markdownOf), `**Together: ${verdict}.** ${RULE}`].join('\n\n'));
  else {
    for (const one of both) tools.out(`${textOf(one, tools)}\n`);
    tools.out([...besideLines(both), `Together: ${verdict}. ${RULE}`].join('\n'));
  }
  if (junit) {
    const cases = both.map((one) => ({ on: classOf(one), cases: casesOf(one) }));
    (await import('./junit.ts')).writeOnBoth(junit, cases, tools.cwd);
  }
}

const RULE = 'A change is accepted only if both classes accept it, and rejected if one class rejects it.';

const classOf = ({ comparison }: Measured) => comparison.class ?? 'this machine';

const casesOf = (one: Measured) =>
  one.kind === 'suite' ? suiteCases(one.comparison) : [comparisonCase(one.comparison)];

const textOf = (one: Measured, tools: Tools) =>
  one.kind === 'suite' ? suiteText(one.comparison) : panelOf(one.comparison, tools);

/**
 * The comparison as Markdown. A CI job finds its comment by an invisible line at the start, so only the first comparison keeps this line.
 */
function markdownOf(one: Measured, i: number): string {
  const text = one.kind === 'suite' ? suiteMarkdown(one.comparison) : comparisonMarkdown(one.comparison);
  const [, mark = '', rest = text] = /^(<!--[^\n]*-->\n\n)?(.*)$/s.exec(text) ?? [];
  return `${i === 0 ? mark : ''}**On ${classOf(one)}**\n\n${rest.trimEnd()}`;
}

function besideLines(both: Both): string[] {
  const rows = both.map((one) => [classOf(one), one.comparison.host ?? hostname(), one.comparison.verdict]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  return rows.map(
    ([name = '', host = '', verdict]) => `  ${name.padEnd(width(0))}  ${host.padEnd(width(1))}  ${verdict}`,
  );
}

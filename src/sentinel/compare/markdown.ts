import { oneLine } from '../../core/text.ts';
import { block, bullets, code, paragraphs, table, text } from '../../report/markdown/syntax.ts';
import { milliseconds as ms } from '../words.ts';
import type { Cause } from './cause.ts';
import type { Change } from './judge.ts';
import type { Comparison } from './result.ts';
import { amount, causeFacts, eventName, outcomeWords, percentWords, verdictWords } from './words.ts';

/** A comparison as Markdown for a pull request: the verdict, a row for each change, and the differences of each hook. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { baseline, current, events, hooks, causes } = comparison;
  const rows = [
    ...events.map((event) => row(text(eventName(event)), event.changes[0], outcomeWords[event.outcome])),
    ...hooks
      .filter(({ outcome }) => outcome !== 'same')
      .map(({ id, outcome, changes }) => row(code(oneLine(id)), changes[0], outcomeWords[outcome])),
  ];
  const head = ['', text(baseline.name), text(current.name), 'change', ''];
  return `${paragraphs([
    `## Hooks of Claude Code: ${outcomeWords[comparison.verdict]}`,
    text(verdictWords(comparison)),
    rows.length > 0 && table('lrrrl', head, rows),
    ...causes.map(details),
  ])}\n`;
}

function row(name: string, change: Change | undefined, words: string): string[] {
  if (!change) return [name, '–', '–', '–', words];
  const { baseline, current } = change;
  return [
    name,
    ms(baseline),
    ms(current),
    [amount(current - baseline), percentWords(change) && `(${percentWords(change)})`].filter(Boolean).join(' '),
    words,
  ];
}

function details(cause: Cause): string {
  const [first = '', ...others] = causeFacts(cause).map(text);
  return paragraphs([
    `${code(oneLine(cause.id))}: ${first}`,
    others.length > 0 && bullets(others, ''),
    ...cause.diffs.map(({ lines }) => lines !== null && lines.length > 0 && block(lines.join('\n'), 'diff')),
  ]);
}

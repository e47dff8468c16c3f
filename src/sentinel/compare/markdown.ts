import { oneLine, printable } from '../../core/text.ts';
import { milliseconds as ms } from '../words.ts';
import type { Change } from './judge.ts';
import type { Comparison } from './result.ts';
import { amount, causeFacts, eventName, outcomeWords, signed, verdictWords } from './words.ts';

/** A comparison for a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { baseline, current, events, hooks, causes } = comparison;
  const rows = [
    ...events.map((event) => rowOf(escaped(eventName(event)), event.changes[0], outcomeWords[event.outcome])),
    ...hooks
      .filter(({ outcome }) => outcome !== 'same')
      .map(({ id, outcome, changes }) => rowOf(code(id), changes[0], outcomeWords[outcome])),
  ];
  const parts = [
    '### Hooks of Claude Code',
    escaped(verdictWords(comparison)),
    ...(rows.length > 0
      ? [
          [
            `| | ${escaped(baseline.name)} | ${escaped(current.name)} | change | |`,
            '| --- | ---: | ---: | ---: | --- |',
            ...rows,
          ].join('\n'),
        ]
      : []),
    ...causes.map((cause) =>
      [
        `<details><summary>${code(cause.id)}: ${escaped(causeFacts(cause)[0] ?? '')}</summary>`,
        causeFacts(cause)
          .slice(1)
          .map((fact) => `- ${escaped(fact)}`)
          .join('\n'),
        ...cause.diffs.flatMap(({ lines }) => (lines && lines.length > 0 ? [fenced(lines)] : [])),
        '</details>',
      ]
        .filter(Boolean)
        .join('\n\n'),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function rowOf(name: string, change: Change | undefined, words: string): string {
  if (!change) return `| ${name} | | | | ${words} |`;
  const { baseline, current, change_pct, metric } = change;
  const percent = change_pct === null ? '' : ` (${signed(change_pct)} %${metric === 'cpu' ? ' CPU' : ''})`;
  return `| ${name} | ${ms(baseline)} | ${ms(current)} | ${amount(current - baseline)}${percent} | ${words} |`;
}

/** Names and texts of plugins may hold anything. */
const escaped = (text: string) =>
  oneLine(text).replace(/[\\`*_{}[\]<>#|&~]/g, (c) => (/[<>&]/.test(c) ? `&#${c.charCodeAt(0)};` : `\\${c}`));
const code = (text: string) => `<code>${oneLine(text).replace(/[&<>|`]/g, (c) => `&#${c.charCodeAt(0)};`)}</code>`;

/** No line of a script can end the block: the fence is longer than any run of backticks in it. */
function fenced(lines: readonly string[]): string {
  const clean = lines.map((line) => printable(line).replaceAll('\n', ' '));
  const longest = Math.max(2, ...clean.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}diff`, ...clean, fence].join('\n');
}

import { expect, it } from 'vitest';
import { reportHtml } from '../../src/report/html/page.ts';
import { prComment } from '../../src/report/markdown/pr-comment.ts';
import { reportMarkdown } from '../../src/report/markdown/report.ts';
import { block, code, table, text } from '../../src/report/markdown/syntax.ts';
import type { Story } from '../../src/report/story/story.ts';
import { summaryPanel } from '../../src/report/terminal/summary-panel.ts';
import { attemptPanel } from '../../src/report/terminal/verdict-panel.ts';
import { story } from './story.ts';

const nasty = `<script>alert('x')</script> "quoted" & ]]> --> | \`tick\` </style></title></svg> @everyone [a](javascript:b)`;

/** Replaces every text of a story, except keys and the words of unions. */
function poison(value: unknown, key = ''): unknown {
  const words = ['outcome', 'verdict', 'word', 'claim', 'started_at', 'finished_at'];
  if (typeof value === 'string') return words.includes(key) ? value : nasty;
  if (Array.isArray(value)) return value.map((v) => poison(v, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, k)]));
  }
  return value;
}

const poisoned = poison(story({ outcome_reason: 'x' })) as Story;

it('never turns text from outside into an element or an attribute of the page', () => {
  const page = reportHtml(poisoned);
  const elements = (html: string) => new Set(html.match(/<\/?[a-zA-Z!][^\s>]*/g));
  expect(page).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &quot;quoted&quot; &amp; ]]&gt;');
  expect(page).not.toContain(']]>');
  expect([...elements(page)].filter((e) => !elements(reportHtml(story())).has(e))).toEqual([]);
  expect(attributes(page)).toEqual(attributes(reportHtml(story())));
});

/** The names of attributes. Every value is in double quotes. */
function attributes(page: string): Set<string> {
  const tags = page.match(/<[a-z][^>]*>/g) ?? [];
  return new Set(tags.flatMap((tag) => tag.replace(/"[^"]*"/g, '').match(/[\w-]+(?==)/g) ?? []));
}

it('never turns text from outside into markup or a mention in Markdown', () => {
  const comment = {
    base: nasty,
    head: nasty,
    contract: poisoned.contract,
    judged: poisoned.attempts[0]!,
    warnings: [nasty],
  };
  for (const page of [reportMarkdown(poisoned), prComment(comment)]) {
    const prose = page.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(`+) ?[\s\S]*?[^`]\1(?!`)/g, '');
    expect(prose).not.toMatch(/<script|<\/?style|(?<!\\)\[a|@everyone/);
  }
});

it('keeps the columns of a Markdown table, regardless of the text in its cells', () => {
  const rows = reportMarkdown(poisoned)
    .split('\n')
    .filter((l) => l.startsWith('| '));
  const cells = (row: string) => row.split(/(?<!\\)\|/).length;
  expect(rows.length).toBeGreaterThan(20);
  expect(new Set(rows.map(cells))).toEqual(new Set([4, 11, 8, 9]));
  expect(table('l', ['a'], [['x | y\nz']])).toContain('| x \\| y z |');
  for (const name of ['a|b', 'a\\|b', 'a\\\\|b', '\\\\\\|', '||'])
    for (const [, slashes] of table('l', ['a'], [[code(name)]])
      .split('\n')[2]!
      .slice(2, -2)
      .matchAll(/(\\*)\|/g))
      expect(slashes!.length % 2).toBe(1);
});

it('fences code with more backticks than it contains', () => {
  expect(code('a `` b')).toBe('```a `` b```');
  expect(code('`a`')).toBe('`` `a` ``');
  expect(block('x\n```\ny').split('\n')[0]).toBe('````');
});

it('leaves plain prose readable', () => {
  const prose = 'wall_ms fell by 12.3 % in src/a.ts (3 of 4 runs)';
  expect(text(prose)).toBe(prose);
  expect(text('1. first')).toBe('1\\. first');
  expect(text('# head')).toBe('\\# head');
  expect(text('_so_ *it* goes')).toBe('\\_so\\_ \\*it\\* goes');
});

it('removes escape sequences and characters that change the reading direction from terminal text', () => {
  const evil = '\u001b[2J\u001b]0;title\u0007red\u202e\u009b31m\nnext';
  const attempt = { ...story().attempts[0]!, hotspot: evil, reasons: [evil] };
  const look = { width: 80, colour: false, unicode: true };
  const panels =
    attemptPanel(attempt, story().contract, look) + summaryPanel(story({ task: evil, attempts: [attempt] }), look);
  expect(panels.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(panels).toContain('next');
});

import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { domainNames } from '../../src/core/domain-names.ts';
import { exit } from '../../src/core/errors.ts';
import { telemetryEnv } from '../../src/monitor/setup/setup.ts';
import { formats } from '../../src/profile/formats/formats.ts';
import { ordinaryRuns, spaced } from '../../src/stats/looks.ts';
import { pages, read } from './pages.ts';

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const more = ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'];

/** `24`, `twenty` and `Twenty` as numbers, NaN for any other text. */
const numberOf = (text: string) => {
  const index = [...words, ...more].indexOf(text.toLowerCase());
  return index === -1 ? Number(text) : index;
};

const plugins = globSync('examples/hooks/*/hooks/hooks.json');
const handlers = plugins.flatMap((file) => read(file).match(/"type":/g) ?? []);
const ordinaryLooks = spaced[2](ordinaryRuns.first, ordinaryRuns.last);
const mostExecutions = 2 * 2 * (ordinaryRuns.last + 1);

/** Counts in prose that the code knows. Each group of the pattern is one count, and the pages contain the pattern at least once. */
const counts: { pattern: RegExp; known: number[] }[] = [
  { pattern: /reads (\w+) formats of profiles/g, known: [formats.length] },
  { pattern: /(\w+) plugins with (\w+) hooks/g, known: [plugins.length, handlers.length] },
  { pattern: /`examples\/hooks` has (\w+) plugins/g, known: [plugins.length] },
  { pattern: /(\w+) variables into the `env`/g, known: [Object.keys(telemetryEnv(1)).length] },
  { pattern: /ordinary four looks, at (\d+), (\d+), (\d+) and (\d+) pairs/g, known: ordinaryLooks },
  { pattern: /takes at most (\d+) executions under the default schedule of looks/g, known: [mostExecutions] },
];

/** The counts of a pattern on all pages that are not what the code knows. */
const stale = (pattern: RegExp, known: number[], texts: string[]) =>
  texts.flatMap((text) =>
    [...text.replaceAll(/\s+/g, ' ').matchAll(pattern)]
      .filter((found) => found.slice(1).some((count, i) => numberOf(count) !== known[i]))
      .map(([sentence]) => sentence),
  );

const texts = [...pages, ...globSync('examples/*/README.md')].map(read);

test.each(counts)('the pages count as the code does: $pattern', ({ pattern, known }) => {
  expect(texts.some((text) => text.replaceAll(/\s+/g, ' ').match(pattern))).toBe(true);
  expect(stale(pattern, known, texts)).toEqual([]);
});

test('a stale count would be found, as a word and as digits', () => {
  expect(stale(/has (\w+) rules/g, [12], ['it has twelve rules', 'it has 12\nrules'])).toEqual([]);
  expect(stale(/has (\w+) rules/g, [12], ['it has eleven rules', 'it has 13\nrules'])).toHaveLength(2);
});

test('the README lists every exit code', () => {
  const table = /^## Exit codes\n([\s\S]*?)\n## /m.exec(read('README.md'))![1]!;
  const listed = [...table.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap((m) => m[1]!.split(', ').map(Number));
  expect(listed.sort((a, b) => a - b)).toEqual(Object.values(exit).sort((a, b) => a - b));
});

test('the map of the pages lists every domain', () => {
  for (const domain of domainNames) expect(read('docs/README.md')).toContain(`(domains/${domain}.md)`);
});

const benchmarks = read('docs/benchmarks.md');

test('the page of benchmarks names every command that measures', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = new Set([...benchmarks.matchAll(/^\| `npm run (bench[\w:]*)` \|/gm)].map((m) => m[1]));
  const commands = Object.keys(scripts).filter((name) => /^bench(:|$)/.test(name));
  expect(commands.length).toBeGreaterThan(10);
  expect([...named].sort()).toEqual(commands.sort());
});

/** The sections of a page that show measured figures, without their command or without a date. */
function withoutSource(page: string): string[] {
  const measured = page
    .split(/^(?=## )/m)
    .filter((section) => /^```\n|^\| .*\d.* \|$/m.test(section.replace(/^\| `.*$/gm, '')));
  return measured
    .filter((section) => !/`npm run bench/.test(section) || !/\b20\d\d-\d\d-\d\d\b/.test(section))
    .map((section) => section.split('\n')[0]!);
}

test('every table of measured figures has its command and its date', () => {
  expect(withoutSource(benchmarks)).toEqual([]);
  const planted = '## Speed: `npm run bench`\n\n```\n2 cores\n\n12 ms\n```\n\n## Size\n\n2026-11-21\n\n| a | 12 MB |\n';
  expect(withoutSource(planted)).toEqual(['## Speed: `npm run bench`', '## Size']);
});

test('the figures among the questions are those of the page of benchmarks', () => {
  const questions = read('docs/questions.md');
  for (const sigma of [2, 5, 10]) {
    const row = new RegExp(`^independent, σ ${sigma} % +10 % +MW +(.*)$`, 'm').exec(benchmarks)![1]!;
    const [, , , at15, at20, , executions] = row.split(/ {2,}/);
    expect(questions).toContain(`| ${sigma} % | ${at15} | ${at20} | ${executions} |`);
  }
  const [, worst] = /false accepts per run of ten attempts, at 0\.9 .*\n +worst: ([\d.]+ %)/.exec(benchmarks)!;
  expect(questions).toContain(`at most ${worst} of the runs`);
  const [, added] = /^perf-gate, a whole session +([\d.]+) /m.exec(benchmarks)!;
  expect(questions).toContain(`adds ${Number(added).toFixed(1)} ms to an execution`);
});

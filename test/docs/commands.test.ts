import { expect, test } from 'vitest';
import { allCommands } from '../../src/cli/commands.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { mistakes } from '../contract/text.ts';
import { blocks, inlineCode, pages, read } from './pages.ts';

const program = buildProgram(await allCommands(), async () => {});
const written = pages.filter((page) => !/^docs\/(cli|errors|contract|workflow|claude-code-session)\.md$/.test(page));

/** Commands of one word and of two, by what is typed. */
const known = new Map(
  program.commands.flatMap((c) => [
    [c.name(), c] as const,
    ...c.commands.map((of) => [`${c.name()} ${of.name()}`, of] as const),
  ]),
);

type Call = { page: string; call: string; command: string; options: string[] };

/** Every call of perf-gate in a block or in backticks: up to the end of that command, or to the command that is measured. */
const calls: Call[] = written.flatMap((page) => {
  const texts = [...blocks(page).flatMap((b) => b.text.split('\n')), ...inlineCode(page)];
  return texts.flatMap((text) =>
    [...text.matchAll(/\bperf-gate ((?:(?:sentinel|monitor|fleet) )?[a-z]+(?:-[a-z]+)*)((?: [^\s|;>#&`]+)*)/g)].map(
      ([call, command, rest]) => ({
        page,
        call,
        command: command!,
        options: rest!.split(' -- ')[0]!.match(/(?<= )--[a-z][a-z-]*/g) ?? [],
      }),
    ),
  );
});

test('the pages call commands that exist, with options that they have', () => {
  const wrong = calls.filter(({ command, options }) => {
    const found = known.get(command);
    return !found || options.some((o) => o !== '--help' && !found.options.some(({ long }) => long === o));
  });
  expect(wrong).toEqual([]);
  expect(calls.length).toBeGreaterThan(40);
  expect(calls.filter((c) => c.options.length > 0).length).toBeGreaterThan(8);
});

/** Options of npm, Node, the client of an agent and benchmark tools, of which the pages speak too. */
const ofOthers = [
  '--save-dev',
  '--cpu-prof',
  '--heap-prof',
  '--bare',
  '--post-process',
  '--benchmark',
  '--exporters',
  '--settings',
  '--plugin-dir',
  '--debug-file',
  '--report-log',
];

test('options that are named alone belong to some command', () => {
  const options = new Set<string | undefined>([
    ...[...known.values()].flatMap((c) => c.options.map((o) => o.long)),
    ...ofOthers,
  ]);
  const ours = written.filter((page) => !/CONTRIBUTING|decisions/.test(page));
  const named = ours.flatMap((page) => inlineCode(page).flatMap((code) => /^--[a-z][a-z-]*/.exec(code)?.[0] ?? []));
  expect([...new Set(named)].filter((option) => !options.has(option) && option !== '--help')).toEqual([]);
  expect(named).toContain('--include-dirty');
});

test('the contracts on the pages are contracts', () => {
  const contracts = written.flatMap(blocks).filter((b) => b.info === 'yaml' && /^version: 1$/m.test(b.text));
  expect(contracts.map((b) => b.page)).toContain('README.md');
  for (const { page, text } of contracts) expect(mistakes(text), page).toEqual([]);
});

test('the first lines of the README are the two commands', () => {
  const first = blocks('README.md')[0]!
    .text.split('\n')
    .map((line) => line.replace(/\s+#.*/, ''));
  expect(first.slice(0, 2)).toEqual(['npm ci && npx perf-gate demo', 'npm ci && npm test']);
  expect(read('README.md').indexOf('npm ci')).toBeLessThan(700);
});

import { expect, test } from 'vitest';
import { allCommands } from '../../src/cli/commands.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { mistakes } from '../contract/text.ts';
import { blocks, inlineCode, pages, read } from './pages.ts';

const program = buildProgram(await allCommands(), async () => {});
const written = pages.filter((page) => !/^docs\/(cli|errors|contract|workflow|claude-code-session)\.md$/.test(page));

/** Commands of one and of two words, by the words that a user types. */
const known = new Map(
  program.commands.flatMap((c) => [
    [c.name(), c] as const,
    ...c.commands.map((of) => [`${c.name()} ${of.name()}`, of] as const),
  ]),
);

type Call = { page: string; call: string; command: string; options: string[] };

/** Every call of perf-gate in a block or in backticks, without the measured command after `--`. */
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

test('every call of perf-gate on a page names an existing command and existing options', () => {
  const wrong = calls.filter(({ command, options }) => {
    const found = known.get(command);
    return !found || options.some((o) => o !== '--help' && !found.options.some(({ long }) => long === o));
  });
  expect(wrong).toEqual([]);
  expect(calls.length).toBeGreaterThan(40);
  expect(calls.filter((c) => c.options.length > 0).length).toBeGreaterThan(8);
});

/** Options of npm, Node, coding agents and benchmark tools that the pages mention. */
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

test('every option that a page names without a command exists', () => {
  const options = new Set<string | undefined>([
    ...[...known.values()].flatMap((c) => c.options.map((o) => o.long)),
    ...ofOthers,
  ]);
  const ours = written.filter((page) => !/CONTRIBUTING|decisions/.test(page));
  const named = ours.flatMap((page) => inlineCode(page).flatMap((code) => /^--[a-z][a-z-]*/.exec(code)?.[0] ?? []));
  expect([...new Set(named)].filter((option) => !options.has(option) && option !== '--help')).toEqual([]);
  expect(named).toContain('--include-dirty');
});

test('every contract on a page is valid', () => {
  const contracts = written.flatMap(blocks).filter((b) => b.info === 'yaml' && /^version: 1$/m.test(b.text));
  expect(contracts.map((b) => b.page)).toContain('README.md');
  for (const { page, text } of contracts) expect(mistakes(text), page).toEqual([]);
});

test('the README begins with the commands for the demo and for the tests', () => {
  const first = blocks('README.md')[0]!
    .text.split('\n')
    .map((line) => line.replace(/\s+#.*/, ''));
  expect(first.slice(0, 2)).toEqual(['npm ci && npx perf-gate demo', 'npm ci && npm test']);
  expect(read('README.md').indexOf('npm ci')).toBeLessThan(700);
});

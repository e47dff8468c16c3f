import { percent, percentInterval, signedPercent } from '../core/figures.ts';
import { count, oneLine } from '../core/text.ts';
import { quantity } from '../core/units.ts';
import { askedBy } from '../experiment/asked-by.ts';
import type { JudgedBenchmark } from '../experiment/suite-judge.ts';
import type { SuiteComparison } from '../record/suite.ts';
import { block, bullets, code, paragraphs, table, text } from './markdown/syntax.ts';
import { reasonText } from './reasons.ts';
import { unseenTexts } from './unseen.ts';
import { warningText } from './warnings.ts';
import { shortCommit } from './words.ts';

export const suiteHead = ['benchmark', 'base', 'head', 'change', '95 % interval', 'samples', 'verdict'];

/** A benchmark with its verdict. `unseen`: all changed code, if the benchmark runs none of it. */
type Row = Omit<JudgedBenchmark, 'claim' | 'threshold_pct' | 'failed' | 'p'> & {
  unseen?: readonly unknown[] | null | undefined;
};

/** The table row of a benchmark. In this row, `+10 %` means a value that is 10 % larger, which can be better or worse. */
export function rowOf(one: Row): string[] {
  const { name, unit, baseline, candidate, improvement_pct, ci95_pct, lower_is_better, pairs } = one;
  const figure = (value: number | null) => (value === null ? '–' : quantity(value, unit));
  const change = (value: number | null) => value && (lower_is_better ? -value : value);
  const [low, high] = ci95_pct ?? [null, null];
  const ends = lower_is_better ? ([change(high), change(low)] as const) : ([low, high] as const);
  return [
    name,
    figure(baseline),
    figure(candidate),
    improvement_pct === null ? '–' : signedPercent(change(improvement_pct)!),
    ci95_pct === null ? '–' : percentInterval(ends),
    pairs === 0 ? '–' : `${pairs} + ${pairs}`,
    [
      one.answer,
      ...(one.better && one.answer === 'held' ? ['better'] : []),
      ...(one.unseen ? ['runs no changed line'] : []),
    ].join(', '),
  ];
}

/** The order of the table's rows: failures and regressions come first. */
const order = ['failed', 'regressed', 'refused', 'undecided', 'proven', 'held'];
export const sorted = <T extends Pick<JudgedBenchmark, 'answer'>>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer));

/** `2 regressed, 3 held`, the worst first. */
export function suiteCounts({ benchmarks }: { benchmarks: readonly Pick<JudgedBenchmark, 'answer'>[] }): string {
  const parts = order.flatMap((answer) => {
    const n = benchmarks.filter((one) => one.answer === answer).length;
    return n === 0 ? [] : [`${n} ${answer}`];
  });
  return parts.join(', ') || 'no benchmark was measured';
}

/** The notes below the table, one sentence each. */
const suiteNotes = (suite: SuiteComparison): string[] =>
  [...findings(suite), ...suiteFigures(suite), ...remarks(suite)].map(oneLine);

/** Facts that limit or qualify the verdicts, one sentence each. */
export const suiteCautions = (suite: SuiteComparison): string[] => [...findings(suite), ...remarks(suite)];

function findings({ broken, benchmarks, contract }: SuiteComparison): string[] {
  const inWords = (reason: NonNullable<typeof broken>) => oneLine(reasonText(reason, askedBy(contract)));
  return [
    ...(broken ? [`The head cannot be judged: ${inWords(broken)}`] : []),
    ...benchmarks.flatMap(({ name, failed }) => (failed ? [`${name} failed on the head: ${inWords(failed)}`] : [])),
    ...unseenTexts(benchmarks).map((text) => `${oneLine(text)}.`),
  ];
}

/** Sentences about the geometric mean and about the error probability. */
export function suiteFigures({ benchmarks, geometric_mean: mean, executions, alpha }: SuiteComparison): string[] {
  return [
    ...(mean ? [meanText(mean)] : []),
    ...(benchmarks.length > 0
      ? [
          `${count(executions, 'execution')}. For each kind of verdict, such as “regressed”, the chance that any of the ${benchmarks.length} benchmarks gets this verdict wrongly is at most ${percent(100 * alpha, 0)} (Holm’s correction). Each confidence interval holds for its benchmark alone.`,
        ]
      : []),
  ];
}

const remarks = ({ added, removed, protected_from_base, laid_over, environment }: SuiteComparison): string[] => [
  ...added.map((name) => `${name} is new in the head, and was not judged.`),
  ...removed.map((name) => `${name} is missing in the head, and was not judged.`),
  ...protected_from_base.map(
    (path) => `${path} is protected and differs: both commits were measured with the base’s version.`,
  ),
  ...laid_over.map(
    (path) => `${path} is protected and not tracked by git: both commits were measured with the work tree’s version.`,
  ),
  ...(environment?.warnings ?? []).map((warning) => `${sentence(warningText(warning))}.`),
];

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function meanText({ improvement_pct: by, ci95_pct: ci }: NonNullable<SuiteComparison['geometric_mean']>): string {
  const size = `${percent(Math.abs(by))} ${by < 0 ? 'worse' : 'better'}`;
  return `Geometric mean of all changes: ${size}${ci ? ` (95 % interval ${percentInterval(ci)} better)` : ''}.`;
}

/** The table of a suite and its notes, for a terminal. */
export function suiteText(suite: SuiteComparison): string {
  const { base, head, names } = suite;
  const rows = [suiteHead, ...sorted(suite.benchmarks).map(rowOf)].map((row) => row.map(oneLine));
  const widths = suiteHead.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const isText = (i: number) => i === 0 || i === suiteHead.length - 1;
  const line = (row: string[]) =>
    row
      .map((cell, i) => (isText(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [
    oneLine(`${names.base} (${base.slice(0, 12)}) → ${names.head} (${head.slice(0, 12)}): ${suiteCounts(suite)}`),
    ...(suite.benchmarks.length > 0 ? ['', ...rows.map(line)] : []),
    '',
    ...suiteNotes(suite),
  ].join('\n');
}

/** The Markdown of a suite: the comment for a pull request, and the text of the suite's artifact. */
export function suiteMarkdown(suite: SuiteComparison): string {
  const { names, benchmarks } = suite;
  return `${paragraphs([
    '<!-- perf-gate -->',
    `### perf-gate: ${code(shortName(names.base))} → ${code(shortName(names.head))}`,
    `**${text(suiteCounts(suite))}**`,
    benchmarks.length > 0 &&
      table(
        'lrrrrrl',
        suiteHead,
        sorted(benchmarks).map((one) => rowOf(one).map(text)),
      ),
    bullets(suiteNotes(suite).map(text), ''),
    `<details><summary>Method</summary>\n\n${block(`alpha ${suite.alpha}; judged after ${suite.looks.map(({ n }) => n).join(', ')} pairs; measured by ${suite.method}`)}\n\n</details>`,
  ])}\n`;
}

const shortName = (name: string) => (/^[0-9a-f]{40}$/.test(name) ? shortCommit(name)! : name);

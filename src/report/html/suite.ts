import { percent } from '../../core/figures.ts';
import { duration, moment } from '../../core/units.ts';
import type { RecordedBenchmark, SuiteComparison } from '../../record/suite.ts';
import { machineFacts } from '../facts.ts';
import { html, type Markup } from '../markup.ts';
import { rowOf, sorted, suiteCautions, suiteCounts, suiteFigures } from '../suite.ts';
import { forest } from '../svg/forest.ts';
import { interval, outcomeWords } from '../words.ts';
import { document } from './document.ts';
import { badge, captioned, factList, table, unbroken } from './elements.ts';
import { style } from './style.ts';

/** The page of a compared suite: the verdicts, every change with its interval, and how the suite was measured. */
export function suiteHtml(suite: SuiteComparison): string {
  const content = html`${summary(suite)}
${changes(suite)}
${answers(suite)}
<section><h2>How it was measured</h2>${factList(method(suite))}</section>
<footer>Measured and judged by perf-gate.</footer>`;
  return document({ title: `${suiteCounts(suite)}: ${suite.names.base} → ${suite.names.head}`, style, content });
}

function summary(suite: SuiteComparison): Markup {
  const { names, base, head, verdict } = suite;
  const cautions = suiteCautions(suite);
  return html`<header>
<p class="over">perf-gate · ${names.base} (${base.slice(0, 12)}) → ${names.head} (${head.slice(0, 12)})</p>
<h1>${suiteCounts(suite)}</h1>
${badge(outcomeWords[verdict])}
${suiteFigures(suite).map((text) => html`<p class="lead">${unbroken(text)}</p>`)}
</header>
${cautions.length > 0 && html`<aside class="notice"><ul>${cautions.map((text) => html`<li>${unbroken(text)}</li>\n`)}</ul></aside>`}`;
}

/** The maximum number of rows in a figure. More rows would be illegible. */
const MOST_ROWS = 60;

const answerWords: Record<RecordedBenchmark['answer'], { mark: string; tone: string; kind: string }> = {
  held: { mark: '✓', tone: 'good', kind: 'accepted' },
  proven: { mark: '✓', tone: 'good', kind: 'accepted' },
  regressed: { mark: '✗', tone: 'bad', kind: 'rejected' },
  refused: { mark: '✗', tone: 'bad', kind: 'rejected' },
  failed: { mark: '✗', tone: 'bad', kind: 'rejected' },
  undecided: { mark: '?', tone: 'open', kind: 'inconclusive' },
};

/**
 * One chart with the change of every benchmark and its interval. If all benchmarks have the same margin, the chart also shows the margin.
 */
function changes({ benchmarks }: SuiteComparison): Markup {
  const rows = sorted(benchmarks).flatMap(({ name, answer, improvement_pct: estimate, ci95_pct }) =>
    estimate === null
      ? []
      : [
          {
            label: `${answerWords[answer].mark} ${name}`,
            kind: answerWords[answer].kind,
            estimate,
            interval: ci95_pct,
          },
        ],
  );
  const shown = rows.slice(0, MOST_ROWS);
  const described = shown.map((row) => `${row.label}: ${percent(row.estimate)}, ${interval(row.interval) ?? ''}`);
  const thresholds = new Set(benchmarks.map(thresholdOf));
  const plot = forest(shown, thresholds.size === 1 ? [...thresholds][0]! : null, {
    id: 'suite-figure',
    title: 'Improvement of each benchmark',
    description: described.join('; '),
  });
  const more =
    rows.length > shown.length
      ? ` The figure shows only the first ${shown.length} benchmarks, with the worst at the top. The table has all benchmarks.`
      : '';
  const reading = `✓ held or proven, ✗ neither, ? undecided.${more}`;
  return html`${plot && html`<section><h2>Every change</h2>${captioned('Estimate and 95 % interval', reading, plot)}</section>`}`;
}

const thresholdOf = ({ claim, threshold_pct }: RecordedBenchmark) =>
  claim === 'no_worse' ? -threshold_pct : threshold_pct;

const askedOf = ({ claim, threshold_pct }: RecordedBenchmark) =>
  claim === 'no_worse' ? `under ${threshold_pct} % worse` : `at least ${threshold_pct} % better`;

function answers({ benchmarks }: SuiteComparison): Markup {
  if (benchmarks.length === 0) return html``;
  const rows = sorted(benchmarks).map((one) => {
    const [name, ...figures] = rowOf(one);
    const word = figures.pop()!;
    return [html`<code>${name}</code>`, badge({ word, ...answerWords[one.answer] }), askedOf(one), ...figures];
  });
  const head = ['Benchmark', 'Verdict', 'Asked', 'Base', 'Head', 'Change', '95 % interval', 'Samples'];
  return html`<section><h2>Verdicts</h2>${table('All benchmarks', 'lllrrrrr', head, rows)}</section>`;
}

function method(suite: SuiteComparison) {
  const { base, head, alpha, looks, started_at, finished_at, contract_hash, environment } = suite;
  const { warnings: _, ...machine } = environment ?? { warnings: [] };
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  return [
    { label: 'Commits', value: `${base} → ${head}` },
    { label: 'Error', value: `${percent(100 * alpha, 0)} for each kind of verdict, over all benchmarks (Holm)` },
    { label: 'Looks', value: looks.length > 0 ? `after ${looks.map(({ n }) => n).join(', ')} pairs` : 'none' },
    { label: 'Order', value: 'all benchmarks and both commits in turn' },
    { label: 'Instrument', value: suite.method },
    { label: 'Contract', value: contract_hash },
    { label: 'Started', value: moment(started_at) },
    { label: 'Took', value: duration(seconds) },
    ...machineFacts(machine),
  ];
}

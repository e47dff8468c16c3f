import { count, oneLine } from '../../core/text.ts';
import { scaleFor } from '../../core/units.ts';
import { badge, captioned, sideBySide, type Tile, table } from '../../report/html/elements.ts';
import { html, type Markup } from '../../report/markup.ts';
import { histogram } from '../../report/svg/distribution.ts';
import type { Benchmark, HookBenchmark } from '../benchmark/benchmark.ts';
import { targets } from '../benchmark/grade.ts';
import { share } from '../benchmark/words.ts';
import { cageWords, milliseconds as ms, notRunWords } from '../words.ts';
import { facts, whereTimeGoes } from './benchmark-facts.ts';
import { howToRead, target } from './budget.ts';
import { type About, framed, notice } from './frame.ts';
import { breakable, twoLines } from './names.ts';
import { spreadPlot } from './spread.ts';
import { verdictOf } from './verdict.ts';

type Run = Extract<HookBenchmark, { state: 'run' }>;

/** A benchmark as one self-contained HTML page with drawings. */
export function benchmarkPage({ scenario, hooks, cage }: Benchmark, about: About): string {
  const run = hooks.filter((hook) => hook.state === 'run');
  const [only] = run.length === 1 ? run : [];
  const left = hooks.flatMap((hook) => (hook.state === 'run' ? [] : [`${oneLine(hook.id)}: ${notRunWords(hook.why)}`]));
  return framed(
    {
      command: 'sentinel benchmark',
      title: only ? oneLine(only.id) : 'The speed of Claude Code’s hooks',
      verdict: only ? verdictOf(only.score) : null,
      lead: `${count(run.length, 'hook')} of ${hooks.length} ran${scenario === null ? '' : `, in the scenario ${oneLine(scenario)}`}. ${cageWords(cage)}`,
      tiles: only ? tilesOf(only) : [],
    },
    about,
    [
      notice(left),
      run.length > 1 ? overview(run) : html``,
      only
        ? html`<section><h2>The executions</h2>${pictured(only, 0)}</section>`
        : html`<section><h2>Hook by hook</h2>${run.map(article)}</section>`,
    ],
  );
}

const tilesOf = ({ score, grade, wall, load, success, runs }: Run): Tile[] => [
  { label: 'Grade', value: grade, under: [`${score}/100`] },
  {
    label: 'Half of the executions took at most',
    value: ms(wall.p50),
    under: [`target ${ms(targets.usual_ms)}, better ${ms(targets.stretch_ms)}`],
  },
  { label: '95 % took at most', value: ms(wall.p95), under: [`from ${count(runs, 'execution')}`] },
  ...(load ? [{ label: '95 % under load', value: ms(load.wall.p95), under: [`target ${ms(targets.load_ms)}`] }] : []),
  { label: 'Did their work', value: share(success), under: [`target ${share(targets.success)}`] },
];

function overview(hooks: readonly Run[]): Markup {
  const sorted = [...hooks].sort((a, b) => b.wall.p50 - a.wall.p50);
  const values = sorted.map((hook) => ({ label: twoLines(hook), values: hook.runs_ms }));
  const plot = spreadPlot(values, target, {
    id: 'all-hooks',
    title: 'Each execution of each hook alone',
    description: sorted.map(({ id, wall }) => `${oneLine(id)}: median ${ms(wall.p50)}`).join('; '),
  });
  const most = Math.max(...sorted.map(({ wall }) => wall.max));
  const rows = sorted.map((hook) => [
    html`<a href="#hook-${hooks.indexOf(hook)}">${breakable(hook.id)}</a>`,
    ms(hook.wall.p50),
    ms(hook.wall.p95),
    hook.load ? ms(hook.load.wall.p95) : '–',
    share(hook.success),
    badge({ ...verdictOf(hook.score), word: `${hook.grade}, ${hook.score}` }),
  ]);
  return html`<section><h2>All hooks</h2>
${plot && captioned('Each alone', `Dots: executions; line: median${howToRead(target, most)}.`, plot)}
${table('All hooks', 'lrrrrl', ['Hook', 'p50', 'p95', 'p95 under load', 'Worked', 'Grade'], rows)}</section>`;
}

function article(hook: Run, i: number): Markup {
  return html`<article class="attempt" id="hook-${i}">
<header><h3>${oneLine(hook.id)}</h3>${badge(verdictOf(hook.score))}<code class="soft">${oneLine(hook.command)}</code></header>
${pictured(hook, i)}
</article>`;
}

const pictured = (hook: Run, i: number): Markup =>
  html`${sideBySide(html`<div>${dots(hook, i)}${distribution(hook, i)}</div>`, facts(hook))}
${whereTimeGoes(hook)}`;

function dots({ id, runs_ms, load }: Run, i: number): Markup | null {
  const rows = [
    { label: { name: 'alone', of: count(runs_ms.length, 'execution') }, values: runs_ms },
    ...(load ? [{ label: { name: 'under load', of: `${load.users} at once` }, values: load.runs_ms }] : []),
  ];
  const plot = spreadPlot(rows, target, {
    id: `runs-${i}`,
    title: `Each execution of ${oneLine(id)}`,
    description: rows.map(({ label, values }) => `${label.name}: ${count(values.length, 'execution')}`).join('; '),
  });
  const most = Math.max(...rows.flatMap(({ values }) => values));
  return plot && captioned('Each execution', `Line: median; box: quartiles${howToRead(target, most)}.`, plot);
}

function distribution({ id, runs_ms }: Run, i: number): Markup | null {
  const { per, unit } = scaleFor(Math.max(...runs_ms), 'ms');
  const plot = histogram(
    runs_ms.map((value) => value / per),
    unit,
    {
      id: `distribution-${i}`,
      title: `Distribution of ${oneLine(id)}`,
      description: count(runs_ms.length, 'execution'),
    },
  );
  return plot && captioned('Distribution', 'Executions per bin, alone.', plot);
}

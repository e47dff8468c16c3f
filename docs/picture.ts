import { realpathSync } from 'node:fs';
import { writeDurable } from '../src/core/fs.ts';
import { askedBy } from '../src/experiment/asked-by.ts';
import { attemptsOf, baselineOf, contractOf } from '../src/record/history.ts';
import { readRun } from '../src/record/read-run.ts';
import { chooseRun } from '../src/record/runs.ts';
import { stepsOf } from '../src/record/state.ts';
import { figureStyle, palette } from '../src/report/html/style.ts';
import { html, type Markup, trusted } from '../src/report/markup.ts';
import { armRows, thresholdLine } from '../src/report/sample-rows.ts';
import { storyAttempt, storyContract } from '../src/report/story/of-verdict.ts';
import type { StoryAttempt, StoryContract } from '../src/report/story/story.ts';
import { stripPlot } from '../src/report/svg/strip.ts';
import { attemptPanel } from '../src/report/terminal/verdict-panel.ts';
import { cellsOf, type Row } from './terminal.ts';

// Draws docs/images/verdict.svg from a real run: the panel in the terminal, and the report's chart of the samples.
// `npx tsx docs/picture.ts PROJECT [ATTEMPT]`, where PROJECT is, for example, the folder that `perf-gate demo` names.

const columns = 84;
const cell = { width: 8.4, height: 20 };
const margin = 24;
const width = Math.round((columns - 4) * cell.width + 2 * margin);
/** Magnification of the chart. */
const scale = 1.4;

const style = `
${palette}
${figureStyle}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.panel text{font:13.6px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink);white-space:pre}
.figure text,.figure .minor,.figure .axis text,.figure .caption,.figure .threshold text{font-size:9.6px}
.page{fill:var(--page);stroke:var(--line)}
.panel .good{fill:var(--good)}.panel .bad{fill:var(--bad)}.panel .open{fill:var(--open)}
.panel .faint{fill:var(--soft)}.panel .strong{font-weight:600}
.shade{opacity:.4}.dot{opacity:.35}
`;

/** The picture of one attempt: its verdict panel above the chart of all executions. */
function picture(attempt: StoryAttempt, contract: StoryContract): Markup {
  const rows = cellsOf(attemptPanel(attempt, contract, { width: columns, colour: true, unicode: true }));
  const arms = attempt.confirmation ?? attempt.screen;
  const said = { id: 'samples', title: 'Every sample of both arms', description: attempt.reasons.join('; ') };
  const plot =
    arms &&
    stripPlot({ rows: armRows(arms), metric: contract.primary, threshold: thresholdLine(arms, contract) }, said);
  const top = margin + rows.length * cell.height + 14;
  const [, plotHeight] = /viewBox="0 0 \d+ (\d+)"/.exec(plot?.markup ?? '') ?? [];
  const height = Math.round(top + Number(plotHeight ?? 0) * scale + margin / 2);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${attempt.verdict}: ${attempt.hotspot}. ${attempt.reasons.join('; ')}">
<style>${trusted(style)}</style>
<rect class="page" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10"/>
<g class="panel">${rows.map((row, i) => line(row, margin + (i + 0.75) * cell.height))}</g>
<g transform="translate(${margin} ${top}) scale(${scale})">${plot}</g>
</svg>
`;
}

/** One line of the terminal. Words are text; the bar is drawn as shapes, because block characters differ between fonts. */
function line(row: Row, baseline: number): Markup {
  return html`${row.map(({ text, from, ink }) => {
    const x = margin + (from - 2) * cell.width;
    const length = text.length * cell.width;
    if (/^[█▒]+$/.test(text)) return block(x, baseline, length, `${ink.join(' ')}${text[0] === '▒' ? ' shade' : ''}`);
    if (/^·+$/.test(text)) return block(x, baseline + 5, length, `${ink.join(' ')} dot`, 2);
    return html`<text x="${x.toFixed(1)}" y="${baseline}" textLength="${length.toFixed(1)}" class="${ink.join(' ')}">${text}</text>`;
  })}\n`;
}

const block = (x: number, baseline: number, length: number, ink: string, height = 12): Markup =>
  html`<rect x="${x.toFixed(1)}" y="${baseline - 10}" width="${length.toFixed(1)}" height="${height}" class="${ink}"/>`;

const [folder, number = '1'] = process.argv.slice(2);
if (!folder) throw new Error('usage: npx tsx docs/picture.ts PROJECT [ATTEMPT]');
const project = realpathSync(folder);
const state = readRun(project, chooseRun(project));
const record = attemptsOf(state).find((a) => a.attempt === Number(number));
if (!record) throw new Error(`the run ${state.run} has no attempt ${number}`);
const sessions = stepsOf(state, 'remeasure').find((s) => s.attempt === record.attempt)!.data;
const asked = askedBy(contractOf(state));
const attempt = storyAttempt({ ...record, sessions }, asked, { commit: record.commit, patch: '', duration_s: null });
writeDurable(
  'docs/images/verdict.svg',
  picture(attempt, storyContract(contractOf(state), baselineOf(state).test)).markup,
);

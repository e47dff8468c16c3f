import { decimal, percent } from '../../../core/figures.ts';
import { oneLine } from '../../../core/text.ts';
import { excerptOf } from '../../../profile/rank/excerpt.ts';
import { type Hotspot, type Hotspots, isOneSample } from '../../../profile/rank/hotspots.ts';
import type { Tools } from '../../terminal/tools.ts';

/** `root`: the folder of the sources. `earlier`: an earlier ranking. `threshold`: per cent. `width`: columns for source lines. */
type Context = { root: string; earlier: Hotspots | null; threshold: number; width: number };

/** The number of hotspots that are shown with lines of source. */
const excerpts = 5;

/** Hotspots with a ceiling below this percentage are not listed, only counted. */
const least = 0.05;

/** The ranking as text for people: lines for each hotspot, and source lines for the first few hotspots. */
export function hotspotsText(found: Hotspots, { root, earlier, threshold, width }: Context): string {
  const { total, unit, format, hotspots, warnings } = found;
  const listed = hotspots.filter((h) => h.ceiling_pct >= least);
  const small = hotspots.length - listed.length;
  const lines = listed.flatMap((h, i) => [
    `${String(h.rank).padStart(3)}. ${oneLine(h.id)}`,
    `     ${shares(h)}${earlier ? changed(h, earlier) : ''}${h.reaches_threshold === false ? `, cannot gain ${threshold} %` : ''}`,
    ...h.outside.filter((o) => o.pct >= 1).map((o) => `     in ${oneLine(o.function)}: ${percent(o.pct)}`),
    ...reached(h),
    ...(i < excerpts ? excerptOf(root, h).map((line) => cut(`     ${line}`, width)) : []),
  ]);
  const gone = earlier ? goneFrom(listed, earlier) : [];
  const head = `${amount(total, unit)} in all (${format})`;
  return [
    head,
    '',
    ...(hotspots.length > 0 ? lines : ['No hotspot was found.']),
    ...(small > 0 ? [`     and ${small} more, where a fix can save less than 0.1 %`] : []),
    ...gone,
    ...warnings.map((w) => `\n${w}`),
  ].join('\n');
}

/** The number of columns for source lines: the terminal's width. Unlimited if the output is a file or a pipe. */
export const widthOf = ({ interactive, width }: Pick<Tools, 'interactive' | 'width'>) =>
  interactive ? width : Number.POSITIVE_INFINITY;

/** Shortens a source line, but keeps the cost at the end of the line. */
function cut(line: string, width: number): string {
  if (line.length <= width) return line;
  const cost = / {2}← [\d.]+ %$/.exec(line)?.[0] ?? '';
  return `${line.slice(0, width - cost.length - 1)}…${cost}`;
}

function shares(hotspot: Hotspot): string {
  const { self_pct, total_pct, ceiling_pct, ceiling_ci95_pct } = hotspot;
  if (isOneSample(hotspot)) return 'seen in a single sample, so its share is unknown';
  const range = ceiling_ci95_pct ? ` [${ceiling_ci95_pct.map((end) => decimal(end)).join(', ')}]` : '';
  return `ceiling ${percent(ceiling_pct)}${range}, self ${percent(self_pct)}, total ${percent(total_pct)}`;
}

/** A line with the callers of a hotspot. No line if the hotspot has fewer than two callers. */
function reached({ callers }: Hotspot): string[] {
  const told = callers.filter(({ pct }) => pct >= 1);
  return told.length > 1
    ? [
        `     from ${told.map((c) => `${oneLine(c.function ?? 'outside of the project')}: ${percent(c.pct)}`).join(', ')}`,
      ]
    : [];
}

/** Compares only function and file, because a change of the code moves line numbers. */
const same = (a: Hotspot) => (b: Hotspot) => a.function === b.function && a.file === b.file;

/** The ceiling of the same hotspot in an earlier profile (%). Null if the earlier profile lacks the hotspot. */
export const ceilingBefore = (hotspot: Hotspot, earlier: Hotspots): number | null =>
  earlier.hotspots.find(same(hotspot))?.ceiling_pct ?? null;

function changed(hotspot: Hotspot, earlier: Hotspots): string {
  const before = ceilingBefore(hotspot, earlier);
  return before !== null ? `, was ${percent(before)}` : ', is new';
}

function goneFrom(listed: readonly Hotspot[], earlier: Hotspots): string[] {
  const gone = earlier.hotspots.filter((h) => h.ceiling_pct >= 1 && !listed.some(same(h)));
  return gone.map((h) => `  –  ${oneLine(h.id)}: was ${percent(h.ceiling_pct)}, no longer listed`);
}

function amount(total: number, unit: string): string {
  return `${total.toLocaleString('en-US', { maximumFractionDigits: unit === 'ms' ? 1 : 0 })} ${unit}`;
}

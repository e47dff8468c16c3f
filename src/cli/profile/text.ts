import { excerptOf } from '../../profile/excerpt.ts';
import type { Hotspot, Hotspots } from '../../profile/hotspots.ts';

/** What a reader needs beside the ranking: where the sources lie, an earlier ranking, and what is asked for (%). */
type Context = { root: string; earlier: Hotspots | null; threshold: number };

/** Lines of source are shown for so many. */
const excerpts = 5;

/** A ranking for people: a line for each hotspot, and the code of the first. */
export function hotspotsText(found: Hotspots, { root, earlier, threshold }: Context): string {
  const { total, unit, format, hotspots, warnings } = found;
  const lines = hotspots.flatMap((h, i) => [
    `${String(h.rank).padStart(3)}. ${h.id}`,
    `     ${shares(h)}${earlier ? changed(h, earlier) : ''}${h.reaches_threshold === false ? `, cannot give ${threshold} %` : ''}`,
    ...h.outside.filter((o) => o.pct >= 1).map((o) => `     in ${o.function}: ${pct(o.pct)}`),
    ...(i < excerpts ? excerptOf(root, h).map((line) => `     ${line}`) : []),
  ]);
  const gone = earlier ? goneFrom(found, earlier) : [];
  const head = `${amount(total, unit)} in all (${format})`;
  return [
    head,
    '',
    ...(lines.length > 0 ? lines : ['No hotspot can be named.']),
    ...gone,
    ...warnings.map((w) => `\n${w}`),
  ].join('\n');
}

function shares({ self_pct, total_pct, ceiling_pct, ceiling_ci95_pct }: Hotspot): string {
  const range = ceiling_ci95_pct ? ` [${ceiling_ci95_pct.map((end) => end.toFixed(1)).join(', ')}]` : '';
  return `ceiling ${pct(ceiling_pct)}${range}, self ${pct(self_pct)}, total ${pct(total_pct)}`;
}

/** Lines move when code changes, so a place is the same where function and file are. */
const same = (a: Hotspot) => (b: Hotspot) => a.function === b.function && a.file === b.file;

function changed(hotspot: Hotspot, earlier: Hotspots): string {
  const before = earlier.hotspots.find(same(hotspot));
  return before ? `, was ${pct(before.ceiling_pct)}` : ', was not there';
}

function goneFrom(found: Hotspots, earlier: Hotspots): string[] {
  const gone = earlier.hotspots.filter((h) => h.ceiling_pct >= 1 && !found.hotspots.some(same(h)));
  return gone.map((h) => `  –  ${h.id}: was ${pct(h.ceiling_pct)}, is not among the first now`);
}

const pct = (value: number) => `${value.toFixed(1)} %`;

function amount(total: number, unit: string): string {
  return `${total.toLocaleString('en-US', { maximumFractionDigits: unit === 'ms' ? 1 : 0 })} ${unit}`;
}

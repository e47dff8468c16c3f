import { percentInterval, pValue, signedPercent } from '../../core/figures.ts';
import { count } from '../../core/text.ts';
import { fromTo, quantity } from '../../core/units.ts';
import { type Look, paint, shown, toned } from '../../report/terminal/look.ts';
import { type BenchLine, leastForChange, placeName } from '../analytics/by-commit.ts';

/** Series of benchmarks as text: the last `limit` commits of each series, the newest at the bottom. */
export function benchText(lines: readonly BenchLine[], limit: number, look: Look): string {
  if (lines.length === 0)
    return shown('No such benchmark was recorded. `perf-gate compare BASE HEAD --record` records one.', look);
  return lines
    .map((line) => [head(line, look), ...rows(line, limit, look), ...ends(line, look)].join('\n'))
    .join('\n\n');
}

const head = ({ name, contract, metric, machine, instrument }: BenchLine, look: Look) =>
  [
    paint([toned(shown(name, look), 'strong'), `  ${shown(metric, look)}  ${shown(contract.slice(0, 8), look)}`], look),
    shown(`${machine}; ${instrument}`, look),
  ].join('\n');

const rows = ({ commits, unit, worse }: BenchLine, limit: number, look: Look) =>
  commits.slice(-limit).map(({ median, ci95, n, ...at }) => {
    const within = ci95 ? `  ${quantity(ci95[0], unit)} to ${quantity(ci95[1], unit)}` : '';
    const mark = worse?.to === placeName(at) ? '  ← worse from here' : '';
    return shown(`  ${short(placeName(at))}  ${quantity(median, unit)}${within}  n = ${n}${mark}`, look);
  });

/** Shortens a commit to its first ten digits; a time is not shortened. */
const short = (place: string) => (place.includes('T') ? place : place.slice(0, 10));

function ends({ commits, apart, trend, worse, unit }: BenchLine, look: Look): string[] {
  const sentences = [
    trend && `${signedPercent(trend.pct_per_commit)} a commit (${percentInterval(trend.ci_pct)}, ${pValue(trend.p)}).`,
    worse &&
      `Worse between ${short(worse.from)} and ${short(worse.to)}: ${fromTo(worse.before, worse.after, unit)} (${signedPercent(worse.shift_pct)}, ${pValue(worse.p)}).`,
    commits.length < leastForChange &&
      `${count(commits.length, 'commit')} ${commits.length === 1 ? 'was' : 'were'} measured. To detect a change, at least ${leastForChange} are needed, such as five before and five after it.`,
    apart > 0 && `${count(apart, 'measurement')} of uncommitted changes ${apart === 1 ? 'is' : 'are'} left out.`,
  ];
  return sentences.filter((text) => typeof text === 'string').map((text) => shown(text, look));
}

import { type Relative, shownAs } from '../../../bench/measure/relative.ts';
import type { Figures, SeriesSummary, Summary } from '../../../bench/measure/summary.ts';
import { quantity } from '../../../core/units.ts';
import { textHistogram } from '../../../report/terminal/figures.ts';
import { type Look, paint, shown, toned } from '../../../report/terminal/look.ts';
import { methodText } from '../../../report/words.ts';

/** The summary for a terminal: the figures of each command, and the ratio of each further command to the first. */
export function seriesText(series: SeriesSummary, look: Look): string {
  const { commands, warnings, warmup_runs } = series;
  const alone = commands.length === 1;
  const runs = `${commands[0].wall.values.length} runs${alone ? '' : ' each'}`;
  const turns = alone ? '' : series.order === 'interleaved' ? ', in turn' : ', one after the other';
  const how = `${runs}${turns}, ${warmup_runs} warm-up, measured by ${methodText(series)}`;
  const machine = warnings.map((w) => warning(w.text, look));
  if (alone) {
    const lines = block(commands[0], look, how);
    return [...lines, ...(commands[0].warnings.length > 0 ? machine : apart(machine))].join('\n');
  }
  return [
    paint([toned(shown(how, look), 'faint')], look),
    ...commands.flatMap((one) => ['', ...block(one, look)]),
    '',
    ...relation(series, look),
    ...apart(machine),
  ].join('\n');
}

const apart = (lines: string[]) => (lines.length > 0 ? ['', ...lines] : []);
const warning = (text: string, look: Look) => paint([toned(`  ! ${shown(text, look)}`, 'open')], look);

/** The lines of one command: its figures, a histogram if it is the only command, and its warnings. */
function block(summary: Summary, look: Look, how?: string): string[] {
  const { command, wall, undelayed_wall, user_ms, sys_ms, max_rss_kb, metrics, warnings } = summary;
  const ms = (value: number) => quantity(value, 'ms');
  const cpu = user_ms === null || sys_ms === null ? [] : [['user + sys', `${ms(user_ms)} + ${ms(sys_ms)}`] as const];
  const memory = max_rss_kb ? [['peak memory', quantity(Math.max(...max_rss_kb), 'KB')] as const] : [];
  const rows: (readonly [string, string])[] = [
    ['median', middle(wall)],
    ['mean ± σ', wall.sd === null ? ms(wall.mean) : `${ms(wall.mean)} ± ${ms(wall.sd)}`],
    ['range', `${ms(wall.min)} … ${ms(wall.max)}`],
    ...(undelayed_wall ? [['undelayed', ranged(undelayed_wall)] as const] : []),
    ...cpu,
    ...memory,
    ...metrics.map((m) => [m.name, ranged(m)] as const),
  ];
  const gutter = Math.max(...rows.map(([label]) => label.length)) + 2;
  const histogram =
    how === undefined || wall.values.length < fewForHistogram ? '' : textHistogram(wall.values, wall.unit, look);
  const notes = warnings.map((w) => warning(w.text, look));
  return [
    paint([toned(shown(command, look), 'strong')], look),
    ...(how === undefined ? [] : [paint([toned(`  ${shown(how, look)}`, 'faint')], look)]),
    ...rows.map(([label, text]) => `  ${shown(label, look).padEnd(gutter)}${shown(text, look)}`),
    ...(histogram ? ['', ...histogram.split('\n').map((line) => `  ${line}`)] : []),
    ...(how === undefined ? notes : apart(notes)),
  ];
}

const fewForHistogram = 8;

/**
 * The ratios of the other commands to the first, by wall time and, if known, also by undelayed wall time, which leaves out the time in
 * which a command waits for a processor.
 */
function relation({ commands: [first, ...others], relative }: SeriesSummary, look: Look): string[] {
  if (relative.length === 0) return [shown(`No ratio to ${first.command} exists: a run took no time.`, look)];
  const width = Math.max(...others.map(({ command }) => command.length));
  const metrics = [...new Set(relative.map(({ metric }) => metric))];
  const tones = { faster: 'good', slower: 'bad', none: 'faint' } as const;
  return metrics.flatMap((metric, i) => {
    const what = i === 0 ? `Compared with ${first.command}` : 'Undelayed';
    const title = paint([toned(shown(`${what} (simultaneous 95 % intervals):`, look), 'strong')], look);
    const its = relative.filter((one) => one.metric === metric);
    return [title, ...its.map((one) => paint([toned(line(one, width, look), tones[shownAs(one) ?? 'none'])], look))];
  });
}

const line = (one: Relative, width: number, look: Look) =>
  `  ${shown(one.command, look).padEnd(width)}  ${shown(relationText(one), look)}`;

/**
 * A ratio in words, such as `1.42 times faster (1.38 to 1.47)`. If no difference is proven, the words say so and give the ratio of the
 * times.
 */
function relationText(relative: Relative): string {
  const { times, interval } = relative;
  const side = shownAs(relative);
  const between = ([low, high]: [number, number]) => `${ratio(low)} to ${ratio(high)}`;
  if (interval === null) return `${ratio(times)} times the first command’s time; too few runs for an interval`;
  if (side === null)
    return `no difference shown: ${ratio(times)} times the first command’s time (${between(interval)})`;
  const [low, high] = interval;
  return side === 'slower'
    ? `${ratio(times)} times slower (${between(interval)})`
    : `${ratio(1 / times)} times faster (${between([1 / high, 1 / low])})`;
}

/** A ratio with two decimals. If two decimals would show a ratio as 1.00 although it is not 1, it has four decimals. */
function ratio(value: number): string {
  const decimals = Math.abs(value - 1) < 0.005 && value !== 1 ? 4 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toFixed(decimals);
}

const ranged = (m: Figures) => `${middle(m)}, range ${quantity(m.min, m.unit)} … ${quantity(m.max, m.unit)}`;

/** The median, with its confidence interval in brackets. */
function middle({ median, ci95, unit }: Figures): string {
  const ends = ci95?.map((v) => quantity(v, unit)).join(', ');
  return `${quantity(median, unit)}${ends ? ` (95 % interval ${ends})` : ''}`;
}

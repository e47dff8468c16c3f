import { arch, platform } from 'node:os';
import type { Figures, SeriesSummary, Summary } from '../../../bench/measure/summary.ts';
import { oneLine } from '../../../core/text.ts';

export const formats = ['json', 'csv', 'md', 'go'] as const;
export type Format = (typeof formats)[number];

/** For each format, a function that returns the summary as text. */
export const exporters: Record<Format, (summary: SeriesSummary) => string> = { json, csv, md, go };

/**
 * The object in the export format of hyperfine, with seconds and bytes. hyperfine's scripts and other tools read this format. The key
 * `perf_gate` holds the facts for which hyperfine has no key.
 */
export function exported({ commands, relative, order, ...shared }: SeriesSummary) {
  const { method, tree_method, warmup_runs, environment, warnings } = shared;
  const [first, ...others] = commands;
  const how = { method, tree_method, warmup_runs };
  const own = ({ undelayed_wall, metrics }: Summary) => ({ undelayed_wall, metrics });
  const perf_gate =
    others.length === 0
      ? { ...how, ...own(first), environment, warnings: [...first.warnings, ...warnings] }
      : {
          ...how,
          order,
          commands: commands.map((one) => ({ command: one.command, ...own(one), warnings: one.warnings })),
          relative,
          environment,
          warnings,
        };
  return { results: commands.map(resultOf), perf_gate };
}

function resultOf({ command, parameters, wall, user_ms, sys_ms, max_rss_kb, exit_codes }: Summary) {
  return {
    command,
    mean: wall.mean / 1000,
    stddev: wall.sd === null ? null : wall.sd / 1000,
    median: wall.median / 1000,
    user: user_ms === null ? null : user_ms / 1000,
    system: sys_ms === null ? null : sys_ms / 1000,
    min: wall.min / 1000,
    max: wall.max / 1000,
    times: wall.values.map((v) => v / 1000),
    exit_codes,
    ...(max_rss_kb ? { memory_usage_byte: max_rss_kb.map((kb) => kb * 1024) } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
}

function json(summary: SeriesSummary): string {
  return `${JSON.stringify(exported(summary), null, 2)}\n`;
}

/** CSV with the columns of hyperfine, and a column for each parameter. */
function csv(summary: SeriesSummary): string {
  const { results } = exported(summary);
  const names = [...new Set(results.flatMap(({ parameters = {} }) => Object.keys(parameters)))];
  const rows = results.map(({ command, mean, stddev, median, user, system, min, max, parameters = {} }) => {
    const figures = [mean, stddev, median, user, system, min, max].map((v) => v ?? '');
    return [quoted(command), ...figures, ...names.map((name) => quoted(parameters[name] ?? ''))].join(',');
  });
  const columns = names.map((name) => `,${quoted(`parameter_${name}`)}`).join('');
  return [`command,mean,stddev,median,user,system,min,max${columns}`, ...rows, ''].join('\n');
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A table with a row for each command. */
function md({ commands, relative }: SeriesSummary): string {
  const head = ['Command', 'Median [ms]', 'Mean ± σ [ms]', 'Min … Max [ms]', 'User + sys [ms]', 'Peak memory [MB]'];
  const more = commands[0].metrics.map((m) => `${m.name} [${m.unit}]`.replace(' []', ''));
  const ratios = relative
    .filter(({ metric }) => metric === commands[0].wall.name)
    .map(({ times, interval }) =>
      interval ? `${times.toFixed(2)} (${interval.map((v) => v.toFixed(2)).join(' to ')})` : times.toFixed(2),
    );
  const heads = [...head, ...more, ...(ratios.length > 0 ? ['Relative (95 % interval)'] : [])];
  const rows = commands.map((one, i) => [...cellsOf(one), ...(ratios.length > 0 ? [ratios[i - 1] ?? '1'] : [])]);
  const rule = heads.map((_, i) => (i === 0 ? ':---' : '---:'));
  return `${[heads, rule, ...rows].map((texts) => `| ${texts.join(' | ')} |`).join('\n')}\n`;
}

function cellsOf({ command, wall, user_ms, sys_ms, max_rss_kb, metrics }: Summary): string[] {
  const cpu = user_ms === null || sys_ms === null ? '–' : fixed(user_ms + sys_ms);
  const memory = max_rss_kb ? fixed(Math.max(...max_rss_kb) / 1024) : '–';
  const name = `\`${oneLine(command).replaceAll('|', '\\|').replaceAll('`', "'")}\``;
  const range = `${fixed(wall.min)} … ${fixed(wall.max)}`;
  return [name, fixed(wall.median), spread(wall), range, cpu, memory, ...metrics.map((m) => fixed(m.median))];
}

const spread = ({ mean, sd }: Figures) => (sd === null ? fixed(mean) : `${fixed(mean)} ± ${fixed(sd)}`);

/** A number with at least four significant digits and at most six decimals, so that short times keep their precision. */
const fixed = (value: number) =>
  value.toFixed(value === 0 ? 0 : Math.min(6, Math.max(1, 3 - Math.floor(Math.log10(Math.abs(value))))));

/** Go's benchmark format, one line per run, for benchstat. */
function go({ commands, environment }: SeriesSummary): string {
  const lines = commands.flatMap(({ command, wall, max_rss_kb, metrics }) =>
    wall.values.map((ms, i) => {
      const more = metrics.map((m) => `${m.values[i]} ${m.name}`);
      const memory = max_rss_kb ? [`${max_rss_kb[i]! * 1024} peak-RSS-bytes`] : [];
      return [`Benchmark${goName(command)}`, '1', `${Math.round(ms * 1e6)} ns/op`, ...memory, ...more].join('\t');
    }),
  );
  const machine = [`goos: ${platform()}`, `goarch: ${goArch[arch()] ?? arch()}`, `cpu: ${environment.cpu_model}`];
  return `${[...machine, ...lines].join('\n')}\n`;
}

const goArch: Partial<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** A name in one word with a capital first letter. A final `-8` becomes `_8`, because Go reads `-8` as a number of processors. */
function goName(command: string): string {
  const word = command
    .trim()
    .replace(/[^\w./=+-]+/g, '_')
    .replace(/-(\d+)$/, '_$1');
  return `${word[0]!.toUpperCase()}${word.slice(1)}`;
}

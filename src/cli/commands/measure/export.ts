import { arch, platform } from 'node:os';
import type { Figures, Summary } from '../../../bench/measure/summary.ts';
import { oneLine } from '../../../core/text.ts';

export const formats = ['json', 'csv', 'md', 'go'] as const;
export type Format = (typeof formats)[number];

/** The text of each format, for other programs. */
export const exporters: Record<Format, (summary: Summary) => string> = { json, csv, md, go };

/** hyperfine's export, which its scripts and other tools read (seconds, bytes). What it has no key for stands under `perf_gate`. */
export function exported({ command, wall, user_ms, sys_ms, max_rss_kb, ...rest }: Summary) {
  const result = {
    command,
    mean: wall.mean / 1000,
    stddev: wall.sd === null ? null : wall.sd / 1000,
    median: wall.median / 1000,
    user: user_ms === null ? null : user_ms / 1000,
    system: sys_ms === null ? null : sys_ms / 1000,
    min: wall.min / 1000,
    max: wall.max / 1000,
    times: wall.values.map((v) => v / 1000),
    exit_codes: wall.values.map(() => 0),
    ...(max_rss_kb ? { memory_usage_byte: max_rss_kb.map((kb) => kb * 1024) } : {}),
  };
  const { method, tree_method, warmup_runs, undelayed_wall, metrics, environment, warnings } = rest;
  const perf_gate = { method, tree_method, warmup_runs, undelayed_wall, metrics, environment, warnings };
  return { results: [result], perf_gate };
}

function json(summary: Summary): string {
  return `${JSON.stringify(exported(summary), null, 2)}\n`;
}

/** The columns of hyperfine. */
function csv(summary: Summary): string {
  const { command, mean, stddev, median, user, system, min, max } = exported(summary).results[0]!;
  const row = [quoted(command), mean, stddev, median, user, system, min, max].map((v) => v ?? '');
  return `command,mean,stddev,median,user,system,min,max\n${row.join(',')}\n`;
}

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function md({ command, wall, user_ms, sys_ms, max_rss_kb, metrics }: Summary): string {
  const head = ['Command', 'Median [ms]', 'Mean ± σ [ms]', 'Min … Max [ms]', 'User + sys [ms]', 'Peak memory [MB]'];
  const cpu = user_ms === null || sys_ms === null ? '–' : fixed(user_ms + sys_ms);
  const memory = max_rss_kb ? fixed(Math.max(...max_rss_kb) / 1024) : '–';
  const name = `\`${oneLine(command).replaceAll('|', '\\|').replaceAll('`', "'")}\``;
  const cells = [name, fixed(wall.median), spread(wall), `${fixed(wall.min)} … ${fixed(wall.max)}`, cpu, memory];
  const more = metrics.map((m) => ({ head: `${m.name} [${m.unit}]`, cell: `${fixed(m.median)}` }));
  const line = (texts: string[]) => `| ${texts.join(' | ')} |`;
  const heads = [...head, ...more.map((m) => m.head.replace(' []', ''))];
  const rule = heads.map((_, i) => (i === 0 ? ':---' : '---:'));
  return `${[heads, rule, [...cells, ...more.map((m) => m.cell)]].map(line).join('\n')}\n`;
}

const spread = ({ mean, sd }: Figures) => (sd === null ? fixed(mean) : `${fixed(mean)} ± ${fixed(sd)}`);

/** Four significant digits at least, so that short times keep theirs. */
const fixed = (value: number) =>
  value.toFixed(value === 0 ? 0 : Math.min(6, Math.max(1, 3 - Math.floor(Math.log10(Math.abs(value))))));

/** The benchmark format of Go, one line per run, as benchstat loads it. */
function go({ command, wall, max_rss_kb, metrics, environment }: Summary): string {
  const lines = wall.values.map((ms, i) => {
    const more = metrics.map((m) => `${m.values[i]} ${m.name}`);
    const memory = max_rss_kb ? [`${max_rss_kb[i]! * 1024} peak-RSS-bytes`] : [];
    return [`Benchmark${goName(command)}`, '1', `${Math.round(ms * 1e6)} ns/op`, ...memory, ...more].join('\t');
  });
  const machine = [`goos: ${platform()}`, `goarch: ${goArch[arch()] ?? arch()}`, `cpu: ${environment.cpu_model}`];
  return `${[...machine, ...lines].join('\n')}\n`;
}

const goArch: Partial<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** A name in one word with a capital first; `-8` at its end would be read as a number of processors. */
function goName(command: string): string {
  const word = command
    .trim()
    .replace(/[^\w./=+-]+/g, '_')
    .replace(/-(\d+)$/, '_$1');
  return `${word[0]!.toUpperCase()}${word.slice(1)}`;
}

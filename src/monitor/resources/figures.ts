/** A resource figure: its name in events, its unit, and its description in tables. */
export type Figure = { of: 'client' | 'machine'; name: string; unit: string; words: string };

/** The figures that each reading of the processes and of the machine contains. For each minute, the mean, the 95th percentile and the maximum of each figure are stored. */
export const figures = [
  { of: 'client', name: 'cpu_pct', unit: '%', words: 'processor, of one core' },
  { of: 'client', name: 'cpu_share_pct', unit: '%', words: 'processor, of the machine' },
  { of: 'client', name: 'rss_mb', unit: 'MB', words: 'memory' },
  { of: 'client', name: 'memory_share_pct', unit: '%', words: 'memory, of the machine' },
  { of: 'client', name: 'read_mb_s', unit: 'MB/s', words: 'read from disk' },
  { of: 'client', name: 'write_mb_s', unit: 'MB/s', words: 'written to disk' },
  { of: 'client', name: 'disk_mb_s', unit: 'MB/s', words: 'read and written' },
  { of: 'client', name: 'processes', unit: '', words: 'processes' },
  { of: 'machine', name: 'load', unit: '', words: 'load per core' },
  { of: 'machine', name: 'running', unit: '', words: 'running or runnable threads per core' },
  { of: 'machine', name: 'cpu_pressure_pct', unit: '%', words: 'time with tasks waiting for a core' },
  { of: 'machine', name: 'io_pressure_pct', unit: '%', words: 'time with tasks waiting for the disk' },
  { of: 'machine', name: 'memory_pressure_pct', unit: '%', words: 'time with tasks waiting for memory' },
] as const satisfies readonly Figure[];

export type Look = Partial<Record<(typeof figures)[number]['name'], number | null>>;

/**
 * The attributes of an event that summarises one minute of readings. The mean of a figure has the figure's name. The 95th percentile and
 * the maximum have the figure's name with the endings `_p95` and `_max`. All values are rounded to four significant digits.
 */
export function summary(looks: readonly Look[]): Record<string, number> {
  const all = figures.flatMap(({ name }): [string, number][] => {
    const values = looks.flatMap((look) => look[name] ?? []).sort((a, b) => a - b);
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [
      [name, mean],
      [`${name}_p95`, values[Math.ceil(0.95 * values.length) - 1]!],
      [`${name}_max`, values.at(-1)!],
    ];
  });
  return Object.fromEntries([['looks', looks.length], ...all.map(([name, v]) => [name, Number(v.toPrecision(4))])]);
}

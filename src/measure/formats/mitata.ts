import { type Format, field, listAt, type Row, sampled, statsOf } from './row.ts';

type Run = { name?: string; args?: object; error?: unknown; stats?: { avg?: number; samples?: unknown[] } };

/** mitata with `format: 'json'`: nanoseconds. */
export const mitata: Format = {
  writtenBy: "mitata with `run({ format: 'json' })`",
  samples: 'Run it with `format: { json: { samples: true } }`.',
  fits: ({ json }) => listAt(json, 'benchmarks').some((benchmark) => 'alias' in benchmark && 'runs' in benchmark),
  read: ({ json }) =>
    listAt(json, 'benchmarks').flatMap((benchmark) =>
      (listAt(benchmark, 'runs') as Run[]).map((run): Row => {
        const name = run.name || String(field(benchmark, 'alias'));
        const among = Object.entries(run.args ?? {}).map(([key, value]) => `${key}=${value}`);
        if (run.error) return { name, among, main: 'avg', stats: {}, failed: 'it threw an error' };
        const stats = statsOf(run.stats, 'ns');
        if (run.stats?.samples?.length) stats.avg = sampled(run.stats.samples, 'ns', run.stats.avg);
        return { name, among, main: 'avg', stats };
      }),
    ),
};

import { type Format, statsOf } from './row.ts';

type Result = { benchmarks: { alias: string; runs: { name: string; stats?: object }[] }[] };

/** mitata with `format: 'json'`: nanoseconds. */
export const mitata: Format = (text) =>
  (JSON.parse(text) as Result).benchmarks.flatMap(({ alias, runs }) =>
    runs.map((run) => ({ name: run.name || alias, main: 'avg', stats: statsOf(run.stats, 'ns') })),
  );

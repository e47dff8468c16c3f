import { failure } from '../core/errors.ts';
import type { Surroundings } from './asked.ts';
import { mustBeWithin, seconds } from './given.ts';
import type { Warning } from './judge.ts';
import { raise } from './words.ts';
import { worldOf } from './world.ts';

/**
 * `runs`: the number of executions of each command. By default, each command is executed at least 10 times, and for at least 3 seconds.
 * `timeoutSeconds`: default 300.
 */
export type MeasureRequest = Surroundings & { runs?: number; timeoutSeconds?: number };

/**
 * The samples of one metric of a command, with statistics. `values`: one sample per run, in order. `ci95`: the confidence interval of the
 * median; null for too few runs.
 */
export type Figures = {
  name: string;
  unit: string;
  values: number[];
  median: number;
  ci95: [number, number] | null;
  mean: number;
  sd: number | null;
  min: number;
  max: number;
};

/** A measured command. A field is null if this machine cannot measure it. */
export type Measured = {
  command: string;
  wall: Figures;
  undelayed_wall: Figures | null;
  /** Mean CPU times of the runs. */
  user_ms: number | null;
  sys_ms: number | null;
  /** Peak memory of each run. */
  max_rss_kb: number[] | null;
  warnings: Warning[];
};

/** `commands`: the measured commands, in the order of the call. */
export type MeasureResult = { method: string; commands: Measured[]; warnings: Warning[] };

/**
 * Executes commands in turn while no other process measures on this machine. Returns time, CPU time, memory, their spread, and warnings.
 * @throws PerfGateError: usage, command_failed, interrupted
 */
export const measure = (commands: string | readonly string[], request: MeasureRequest = {}): Promise<MeasureResult> =>
  measured(commands, request).catch(raise);

async function measured(commands: string | readonly string[], request: MeasureRequest): Promise<MeasureResult> {
  const { runs, timeoutSeconds = 300 } = request;
  mustBeWithin({ least: 1, most: 10_000, whole: true }, { runs });
  mustBeWithin(seconds, { timeoutSeconds });
  const [first, ...rest] = [commands].flat().map((script) => ({ name: script, script, parameters: {} }));
  if (!first) throw failure('usage', { problem: 'There is no command to measure.', hint: "measure('node bench.mjs')" });
  const { measureCommands, ordinary } = await import('../bench/measure/measure.ts');
  const { seriesSummary } = await import('../bench/measure/summary.ts');
  const series = await measureCommands(worldOf(request), {
    entrants: [first, ...rest],
    execution: { shell: 'auto', warmup: 1, timeout_s: timeoutSeconds, exits: [] },
    runs: runs === undefined ? ordinary : { least: runs, most: runs },
    order: 'interleaved',
    metrics: [],
  });
  return seriesSummary(series);
}

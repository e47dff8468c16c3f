import { type Format, field, listAt, type Row, sampled, statsOf } from './row.ts';

type Latency = { mean?: number; samples?: unknown[] };
type Task = { name: string; result?: Latency & { latency?: Latency; error?: unknown } };

/**
 * The tasks of tinybench as JSON, in milliseconds: an array of `{ name, result }`, or an object with `tasks`. Version 2 writes the
 * statistics directly into `result`. Version 6 writes them under `latency` and `throughput`. Version 5 writes them in both ways, and
 * perf-gate then reads `latency`.
 */
export const tinybench: Format = {
  writtenBy: '`JSON.stringify(bench.tasks)` of tinybench',
  samples:
    'Write `bench.tasks` with `name` and `result`; from version 4 on, make the bench with `retainSamples: true`.',
  fits: ({ json }) => tasksOf(json).some((task) => isResult(task.result) || isResult(task)),
  read: ({ json }) =>
    tasksOf(json).map((task): Row => {
      const { name } = task;
      const result = task.result ?? (task as Latency);
      if (field(result, 'error')) return { name, main: 'mean', stats: {}, failed: messageOf(field(result, 'error')) };
      const stats = statsOf(result, 'ms');
      for (const rate of Object.keys(stats).filter((key) => /^(?:throughput\.|hz$)/.test(key)))
        stats[rate] = { value: stats[rate]!.value, unit: 'ops/s' };
      const main = stats['latency.mean'] ? 'latency.mean' : 'mean';
      const { samples } = field(result, 'latency') ? (result as { latency: Latency }).latency : (result as Latency);
      if (samples?.length) stats[main] = sampled(samples, 'ms', stats[main]?.value);
      return { name, main, stats };
    }),
};

const tasksOf = (json: unknown) =>
  listAt(Array.isArray(json) ? json : field(json, 'tasks')).filter(
    (task) => typeof field(task, 'name') === 'string',
  ) as Task[];

const isResult = (value: unknown) => ['latency', 'mean', 'error'].some((key) => field(value, key) !== undefined);

const messageOf = (error: unknown) => `it threw ${String(field(error, 'message') ?? 'an error')}`;

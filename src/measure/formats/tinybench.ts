import { type Format, statsOf } from './row.ts';

type Task = { name: string; result?: object };

/**
 * The tasks of tinybench as JSON, in milliseconds: an array of `{ name, result }`, or an object with `tasks`. Statistics are flat in
 * version 2, under `latency` and `throughput` in version 6, and both in version 5, where `latency` is read.
 */
export const tinybench: Format = (text) => {
  const document = JSON.parse(text) as Task[] | { tasks: Task[] };
  return (Array.isArray(document) ? document : document.tasks).map((task) => {
    const stats = statsOf(task.result ?? task, 'ms');
    return { name: task.name, main: stats['latency.mean'] ? 'latency.mean' : 'mean', stats };
  });
};

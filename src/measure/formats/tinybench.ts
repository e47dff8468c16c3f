import { type Format, statsOf } from './row.ts';

type Task = { name: string; result?: object };

/**
 * The tasks of tinybench as JSON: an array of `{ name, result }`, or an object with `tasks`; milliseconds. Version 2 has
 * the statistics flat, 6 under `latency` and `throughput`, 5 both ways: where there is `latency`, it is meant.
 */
export const tinybench: Format = (text) => {
  const document = JSON.parse(text) as Task[] | { tasks: Task[] };
  return (Array.isArray(document) ? document : document.tasks).map((task) => {
    const stats = statsOf(task.result ?? task, 'ms');
    return { name: task.name, main: stats['latency.mean'] ? 'latency.mean' : 'mean', stats };
  });
};

import type { Day } from './daily.ts';

/** The metric that a series measures, with the handler and the plugin to which the metric belongs. */
export type Subject = {
  /** The name of the metric, which begins with a kind of event, such as `hook.duration_ms`. */
  metric: string;
  unit: string;
  /** The name of the handler; null if the metric has none. */
  handler: string | null;
  plugin: string | null;
};

/** The figures of a day, and facts that could explain a change of the figures. A fact is null if unknown. */
export type ObservedDay = Day & {
  /** Hash of the version of the handler that was executed most often on the day. */
  handler_hash: string | null;
  /** Mean load of the machine, in processes per core. */
  load: number | null;
  /** Median size of the handler's input in bytes. */
  payload_bytes: number | null;
};

/** The daily figures of one subject, the oldest day first. Days without a value are left out. */
export type DailySeries = Subject & { days: readonly ObservedDay[] };

export const sameSubject = (a: Subject, b: Subject): boolean =>
  a.metric === b.metric && a.handler === b.handler && a.plugin === b.plugin;

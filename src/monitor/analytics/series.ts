import type { Day } from './daily.ts';

/** The subject of a series: metric, handler and plugin. */
export type Subject = {
  /** Kind and figure, such as `hook.duration_ms`. */
  metric: string;
  unit: string;
  /** The name of the handler; null if the metric has none. */
  handler: string | null;
  plugin: string | null;
};

/** A day with facts that could explain its figures; null: unknown. */
export type ObservedDay = Day & {
  /** Hash of the handler version that ran most on the day. */
  handler_hash: string | null;
  /** Mean load of the machine, in processes per core. */
  load: number | null;
  /** Median size of the handler's input. */
  payload_bytes: number | null;
};

/** One metric of one subject, oldest day first. Days without a value are left out. */
export type DailySeries = Subject & { days: readonly ObservedDay[] };

export const sameSubject = (a: Subject, b: Subject): boolean =>
  a.metric === b.metric && a.handler === b.handler && a.plugin === b.plugin;

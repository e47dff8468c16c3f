import type { Day } from './daily.ts';

/** Whom a series is about, and what it measures. */
export type Subject = {
  /** Such as `hook_duration`. */
  metric: string;
  unit: string;
  /** The handler as people name it; null where the metric has none. */
  handler: string | null;
  plugin: string | null;
};

/** A day with what could explain it; null where nobody saw it. */
export type ObservedDay = Day & {
  /** The content of the handler that ran most on the day. */
  handler_hash: string | null;
  /** Mean load of the machine, in processes per core. */
  load: number | null;
  /** Median size of what the handler was given. */
  payload_bytes: number | null;
};

/** One metric of one subject, oldest day first. Days without a value are left out. */
export type DailySeries = Subject & { days: readonly ObservedDay[] };

export const sameSubject = (a: Subject, b: Subject): boolean =>
  a.metric === b.metric && a.handler === b.handler && a.plugin === b.plugin;

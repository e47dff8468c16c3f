/** Tells the time. Only `systemClock` reads the real clock; callers pass a clock in, so that tests can set the time. */
export type Clock = {
  /** Wall clock time as ISO 8601 in UTC, for people and artifacts. */
  now(): string;
  /** Monotonic milliseconds, for durations and deadlines. */
  ms(): number;
};

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  ms: () => performance.now(),
};

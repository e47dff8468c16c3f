/** Only `systemClock` reads the clock. Time is passed in, so that tests can step it. */
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

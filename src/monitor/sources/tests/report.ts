/** The result of one test. A test that passed on a retry is `ok` and `retried`. */
export type TestCase = {
  suite: string;
  name: string;
  ms: number;
  outcome: 'ok' | 'failed' | 'skipped';
  retried: boolean;
};

/** One test run, as read from a report. */
export type TestReport = {
  framework: string;
  /** When the run began, in ms since 1970; null if the report does not contain this time. */
  began: number | null;
  /** The duration of the run in ms. The field `time` says how the duration was computed. */
  wall_ms: number;
  /**
   * The meaning of `wall_ms`: the time from the run's beginning to its end (`wall`), or the sum over tests that ran in parallel (`sum`).
   * Times with different meanings are never compared.
   */
  time: 'wall' | 'sum';
  cases: TestCase[];
};

/** The name of a test or suite whose name is empty. */
export const UNNAMED = '(unnamed)';

/** Parses seconds, such as Maven's `1,234.5`, to milliseconds; 0 for invalid text. */
export function secondsFrom(text: string | undefined): number {
  const seconds = Number((text ?? '').replaceAll(',', ''));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** Parses a moment to ms since 1970; null for invalid text. */
export function momentFrom(text: string | undefined): number | null {
  const t = Date.parse(text ?? '');
  return Number.isFinite(t) ? t : null;
}

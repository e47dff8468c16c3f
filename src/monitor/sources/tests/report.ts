/** How one test went. A test that was tried again and passed is `ok` and `retried`. */
export type TestCase = {
  suite: string;
  name: string;
  ms: number;
  outcome: 'ok' | 'failed' | 'skipped';
  retried: boolean;
};

/** One run of tests, as a report tells it. */
export type TestReport = {
  framework: string;
  /** Its beginning in ms since 1970; null where the report does not say. */
  began: number | null;
  /** Milliseconds. */
  wall_ms: number;
  /** What that is: from its beginning to its end, or the sum of what ran side by side. The two are never held against each other. */
  time: 'wall' | 'sum';
  cases: TestCase[];
};

/** A name that is none becomes this. */
export const UNNAMED = '(unnamed)';

/** Seconds as text, `1,234.5` of Maven's among them, as milliseconds; 0 for what is no time. */
export function secondsFrom(text: string | undefined): number {
  const seconds = Number((text ?? '').replaceAll(',', ''));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** A moment as text in ms since 1970; null for none. */
export function momentFrom(text: string | undefined): number | null {
  const t = Date.parse(text ?? '');
  return Number.isFinite(t) ? t : null;
}

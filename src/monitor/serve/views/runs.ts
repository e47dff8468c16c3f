import type { LiveRun } from '../../runs/live.ts';
import { newestIn } from '../../store/newest.ts';
import { type Seen, spanOf } from './seen.ts';

/** The view lists at most this number of earlier verdicts and ends of runs. */
const MOST = 200;

/**
 * The runs of perf-gate that are active or ended recently. Earlier runs have only the verdicts of their attempts and the result of the run.
 */
export function runs(seen: Seen) {
  const stored = newestIn(seen.db, spanOf(seen), 'run', 20 * MOST);
  return {
    now: seen.now,
    live: seen.runs().map(withoutTexts),
    earlier: stored
      .filter(({ attributes }) => attributes.judged === true || 'accepted' in attributes)
      .slice(-MOST)
      .reverse()
      .map(({ t, duration_ms, ok, attributes }) => ({
        ...{ t, duration_ms, ok },
        run: String(attributes.run ?? ''),
        result: String(attributes.result ?? ''),
        /** The number of the attempt; null if the event describes the end of a run. */
        attempt: numberIn(attributes.attempt),
        effect_pct: numberIn(attributes.effect_pct),
        ci95_pct: [numberIn(attributes.ci_low_pct), numberIn(attributes.ci_high_pct)] as const,
      })),
  };
}

/**
 * Removes texts that people wrote, because the page can be read without a token. The texts are the task, words of the task in the run's id,
 * and names in the code.
 */
const withoutTexts = ({ task: _, run, attempts, ...live }: LiveRun) => ({
  ...live,
  run: run.slice(0, 'YYYYMMDD-HHMM'.length),
  attempts: attempts.map(({ hotspot: __, ...attempt }) => attempt),
});

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

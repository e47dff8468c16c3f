import { newestIn } from '../../store/newest.ts';
import { type Seen, spanOf } from './seen.ts';

/** More runs than a screen shows. */
const MOST = 200;

/** The runs of the gate that go on or ended lately, and the verdicts and ends of earlier ones. */
export function runs(seen: Seen) {
  const stored = newestIn(seen.db, spanOf(seen), 'run', 20 * MOST);
  return {
    now: seen.now,
    live: seen.runs(),
    earlier: stored
      .filter(({ attributes }) => attributes.judged === true || 'accepted' in attributes)
      .slice(-MOST)
      .reverse()
      .map(({ t, duration_ms, ok, attributes }) => ({
        ...{ t, duration_ms, ok },
        run: String(attributes.run ?? ''),
        result: String(attributes.result ?? ''),
        /** Null for the end of a whole run. */
        attempt: numberIn(attributes.attempt),
        effect_pct: numberIn(attributes.effect_pct),
        ci95_pct: [numberIn(attributes.ci_low_pct), numberIn(attributes.ci_high_pct)] as const,
      })),
  };
}

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

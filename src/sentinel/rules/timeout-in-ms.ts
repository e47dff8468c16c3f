import { rule } from './rule.ts';

export const timeoutInMs = rule<{ written: number; hours: number }>({
  id: 'timeout-in-ms',
  severity: 'high',
  title: 'The time-out seems to be in milliseconds; Claude Code expects seconds',
  remedy: { act: 'write the time-out in seconds', lines: 1, saves: false },
  advice: ({ written, hours }) =>
    `${written} seconds are ${hours} hours, so a hook that hangs is not stopped in time. For ${written} milliseconds, write ${Math.max(1, Math.round(written / 1000))}.`,
  detect({ hook: { timeout_s }, script }) {
    const { written } = timeout_s;
    if (written === null || !looksLikeMs(written)) return [];
    return [{ lines: [script.declared], facts: { written, hours: Math.round(written / 360) / 10 } }];
  },
});

/**
 * A time-out of at least 1000 seems to be in milliseconds if it is a multiple of 500, or more than an hour. Authors rarely choose multiples
 * of 500 seconds, and no hook needs more than an hour.
 */
const looksLikeMs = (seconds: number): boolean => seconds >= 1000 && (seconds % 500 === 0 || seconds > 3600);

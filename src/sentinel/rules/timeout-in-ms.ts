import { rule } from './rule.ts';

export const timeoutInMs = rule<{ written: number; hours: number }>({
  id: 'timeout-in-ms',
  severity: 'high',
  title: 'The time-out seems to be meant as milliseconds; Claude Code takes seconds',
  remedy: { act: 'write the time-out in seconds', lines: 1, saves: false },
  advice: ({ written, hours }) =>
    `${written} seconds are ${hours} hours: a hook that hangs is never stopped. Write ${Math.max(1, Math.round(written / 1000))} for ${written} milliseconds.`,
  detect({ hook: { timeout_s }, script }) {
    const { written } = timeout_s;
    if (written === null || !looksLikeMs(written)) return [];
    return [{ lines: [script.declared], facts: { written, hours: Math.round(written / 360) / 10 } }];
  },
});

/** Nobody counts whole or half thousands of seconds, and no hook is worth more than an hour. */
const looksLikeMs = (seconds: number): boolean => seconds >= 1000 && (seconds % 500 === 0 || seconds > 3600);

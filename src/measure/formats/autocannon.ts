import { type Format, failedAnswers, field, type Row, statsOf } from './row.ts';

type Result = {
  latency: object;
  requests?: { total?: number; sent?: number };
  errors?: number;
  timeouts?: number;
  mismatches?: number;
  non2xx?: number;
};

/**
 * The output of `autocannon --json`. It holds the result of one load, with latencies in whole milliseconds. Statistics are named like
 * `latency.p99`, `requests.average`, `errors`.
 */
export const autocannon: Format = {
  writtenBy: '`autocannon --json`',
  samples:
    'autocannon writes percentiles. Run it ten times or more, and pass one number per execution, each on its own line.',
  fits: ({ json }) => field(json, 'latency') !== undefined && field(json, 'requests') !== undefined,
  read: ({ json }): Row[] => {
    const { latency, ...rest } = json as Result;
    const row = { name: 'autocannon', main: 'latency.average' };
    const failed = failureOf(json as Result);
    if (failed !== undefined) return [{ ...row, stats: countsOf(json as Result), failed }];
    return [{ ...row, stats: { ...statsOf(rest, ''), ...statsOf(latency, 'ms', 'latency.') } }];
  },
};

function failureOf({ errors = 0, timeouts = 0, mismatches = 0, non2xx = 0, requests }: Result): string | undefined {
  const answers = requests?.total ?? 0;
  const sent = Math.max(requests?.sent ?? 0, answers + errors); // `errors` includes the timeouts
  return (
    failedAnswers(non2xx, answers, 'were not 2xx') ??
    failedAnswers(Math.max(errors, timeouts), sent, 'failed or came too late') ??
    failedAnswers(mismatches, answers, 'did not have the expected body') ??
    (answers === 0 ? 'there was no answer' : undefined)
  );
}

const countsOf = ({ errors, timeouts, mismatches, non2xx }: Result) =>
  statsOf({ errors, timeouts, mismatches, non2xx }, '');

import { type Format, statsOf } from './row.ts';

/** `autocannon --json`: one run, latencies in whole milliseconds; `latency.p99`, `requests.average`, `errors`. */
export const autocannon: Format = (text) => {
  const { latency, ...rest } = JSON.parse(text) as { latency: object };
  return [
    {
      name: 'autocannon',
      main: 'latency.average',
      stats: { ...statsOf(rest, ''), ...statsOf(latency, 'ms', 'latency.') },
    },
  ];
};

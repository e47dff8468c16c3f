// node generate.mjs '{"url":…,"connections":…,"seconds":…}' (or "requests"): generates the load and prints its figures as one
// line of JSON. autocannon rounds its own figures to whole milliseconds; these are computed from the time of each response.
import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';

const { url, connections, seconds, requests } = JSON.parse(process.argv[2]);
const times = [];
let bytes = 0;
let last = 0;
let problem;

const amount = requests === undefined ? { duration: seconds } : { amount: requests };
// autocannon checks every sampleInt ms whether it should end.
const running = autocannon({ url, connections, ...amount, sampleInt: 50, bailout: 1 });
const start = performance.now();
const fail = (what) => {
  problem ??= what;
  running.stop();
};
running.on('response', (_client, status, size, ms) => {
  times.push(ms);
  bytes += size;
  last = performance.now();
  if (status < 200 || status > 299) fail(`answer ${times.length} has the status ${status}`);
});
running.on('reqError', (error) => fail(`a request failed after ${times.length} answers: ${error.message}`));
running.then(() => {
  if (times.length === 0) problem ??= `no answer within ${seconds} s`;
  if (problem) {
    console.error(`${url}: ${problem}`);
    process.exitCode = 1;
  } else console.log(JSON.stringify(figures(times, (last - start) / 1000)));
});

/** @param {number[]} latencies in ms @param {number} elapsed seconds until the last answer */
function figures(latencies, elapsed) {
  const sorted = Float64Array.from(latencies).sort();
  const n = sorted.length;
  const average = sorted.reduce((sum, ms) => sum + ms, 0) / n;
  const stddev = Math.sqrt(sorted.reduce((sum, ms) => sum + (ms - average) ** 2, 0) / n);
  const percentiles = [50, 75, 90, 95, 97.5, 99, 99.9].map((p) => [
    `p${String(p).replace('.', '_')}`,
    sorted[Math.ceil((p / 100) * n) - 1],
  ]);
  return {
    latency: { average, stddev, min: sorted[0], max: sorted[n - 1], ...Object.fromEntries(percentiles) },
    requests: { average: n / elapsed, total: n },
    throughput: { average: bytes / elapsed },
    seconds: elapsed,
  };
}

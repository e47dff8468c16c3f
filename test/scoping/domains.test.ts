import { expect, test } from 'vitest';
import { checkContract } from '../../src/contract/parse.ts';
import { type DomainName, domainNames } from '../../src/core/domain-names.ts';
import { watchdogsFor } from '../../src/scoping/interview/offers.ts';
import { recon } from '../../src/scoping/recon/recon.ts';
import { templateOf } from '../../src/scoping/template.ts';
import { folder } from '../helpers/folder.ts';

type Defaults = { primary: string; watchdogs: string[]; threshold: number; profiler: string };

/** For a JavaScript project that vite builds. A watchdog that needs work from the user is offered, but not by default. */
const defaults: Record<DomainName, Defaults> = {
  api_latency: { primary: 'requests_per_s', watchdogs: ['p95_latency_ms 15'], threshold: 20, profiler: 'none' },
  cli_startup: { primary: 'cpu_ms', watchdogs: ['peak_rss_mb 10'], threshold: 20, profiler: 'auto' },
  render_fps: { primary: 'fps_min', watchdogs: ['peak_rss_mb 10'], threshold: 20, profiler: 'auto' },
  build_time: { primary: 'build_ms', watchdogs: ['bundle_bytes 5'], threshold: 20, profiler: 'auto' },
  bundle_size: {
    primary: 'bundle_gzip_bytes',
    watchdogs: ['build_ms 10'],
    threshold: 5,
    profiler: 'auto',
  },
  memory_peak: { primary: 'peak_rss_mb', watchdogs: ['wall_ms 10'], threshold: 20, profiler: 'auto' },
  db_query: { primary: 'query_ms', watchdogs: [], threshold: 20, profiler: 'auto' },
  hook_latency: { primary: 'hook_cpu_ms', watchdogs: ['peak_rss_mb 10'], threshold: 20, profiler: 'auto' },
  custom: { primary: 'cpu_ms', watchdogs: ['peak_rss_mb 10'], threshold: 20, profiler: 'auto' },
};

const root = () =>
  folder({
    'package.json': JSON.stringify({
      scripts: { start: 'node server.mjs', build: 'vite build', bench: 'node bench.mjs', test: 'node --test' },
      devDependencies: { vite: '^7' },
    }),
    'test/a.test.mjs': '',
  });

test.each(domainNames)('%s has a metric, watchdogs, guards, a threshold and a profiler', (domain) => {
  const contract = checkContract(templateOf(domain, recon(root())).contract, 'template');
  const { metrics, threshold, guards, profiler } = contract;
  expect({
    primary: metrics.primary.name,
    watchdogs: metrics.watchdogs.map((w) => `${w.name} ${w.max_regression_pct}`),
    threshold: threshold.pct_min,
    profiler: typeof profiler === 'string' ? profiler : profiler.tool,
  }).toEqual(defaults[domain]);
  expect(guards).toMatchObject({ correctness: 'npm test', protected: ['**/*.{test,spec}.*', 'test/**'] });
  expect(contract).toMatchObject({ domain, significance: { alpha: 0.05 }, confirm: true });
});

test.each<[DomainName, string[]]>([
  ['api_latency', ['peak_rss_mb 10']],
  ['cli_startup', ['peak_rss_mb 10']],
  ['render_fps', ['frame_p99_ms 15', 'peak_rss_mb 10']],
  ['build_time', ['bundle_bytes 5']],
  ['bundle_size', ['build_ms 10']],
  ['memory_peak', ['wall_ms 10']],
  ['db_query', ['lock_wait_ms 10']],
  ['hook_latency', ['peak_rss_mb 10']],
])('the interview about %s suggests watchdogs', (domain, watchdogs) => {
  const offers = watchdogsFor(domain, defaults[domain].primary, recon(root()));
  expect(offers.map((w) => `${w.name} ${w.max_regression_pct}`)).toEqual(expect.arrayContaining(watchdogs));
});

test('the template says what its metric needs from the user', () => {
  const needs = (domain: DomainName) => templateOf(domain, recon(root())).needs;
  expect(needs('render_fps')).toBe('the command prints a line METRIC fps_min=…');
  expect(needs('db_query')).toContain('plan.json');
  expect(needs('api_latency')).toContain('http://127.0.0.1:8080/');
  expect(needs('cli_startup')).toBeNull();
});

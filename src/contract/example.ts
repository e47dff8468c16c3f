/** A service under load. */
export const loadExample = `version: 1
domain: api_latency
repro:
  service: { start: node server.js, ready: http://127.0.0.1:8080/health }
  load: { url: http://127.0.0.1:8080/items, connections: 10, seconds: 3 }
metrics:
  primary: { name: requests_per_s, unit: 1/s, lower_is_better: false, source: { stdout: json, key: requests.average } }
  watchdogs:
    - { name: p99_ms, unit: ms, max_regression_pct: 15, source: { stdout: json, key: latency.p99 } }
`;

/** A contract with every field; most values are the defaults. */
export const exampleContract = `version: 1
domain: cli_startup
description: How long the report takes to start
repo_context: { language: javascript, runtime: node 20, package_manager: npm, existing_benchmarks: bench/ }
repro:
  script: node bench.mjs
  cwd: .
  env: { NODE_ENV: production }
  shell: auto
  setup: npm ci
  build: npm run build
  before_each: ""
  service: { start: node server.js, ready: http://127.0.0.1:8080/health }
  warmup_runs: 1
  measurement_runs: auto
  max_runs: auto
  cpus: "1"
  timeout_s: 300
metrics:
  primary: { name: wall_ms, unit: ms, lower_is_better: true, source: wall }
  watchdogs:
    - { name: peak_rss_mb, unit: MB, lower_is_better: true, max_regression_pct: 10, source: max_rss }
threshold: { type: pct, pct_min: 20, absolute_min: 0, significance_required: true }
significance: { test: auto, alpha: 0.05 }
claim: proven
confirm: true
room: confirm
network: loopback
isolation: copy
rules: 2
order: interleaved
guards:
  correctness: npm test
  same_output: { json: checksum }
  protected: [bench.mjs, "test/**", perf-gate.yaml]
profiler: { tool: node-cpu-prof }
goal: { pct: 50 }
limits: { max_attempts: 10, max_minutes: 240, max_rejects_in_a_row: 5 }
secrets_file: .env.bench
`;

/** The contract of a project whose execution takes a moment, as `benchFiles` has it. */
const contract = `version: 1
repro: { script: sh bench.sh, measurement_runs: 5, max_runs: 8, timeout_s: 120 }
metrics: { primary: { name: steps, unit: steps, source: { stdout: metric, key: steps }, deterministic: true } }
threshold: { pct_min: 20 }
guards: { same_output: true, protected: [bench.sh] }
room: "off"
profiler: none
`;

/** An execution notes its host and its time; with `held` it goes on once the gate is there. */
export function benchFiles(held: boolean): Record<string, string> {
  const wait = held ? 'while [ ! -e "$BENCH_GATE" ]; do sleep 0.1; done\n' : '';
  const end = 'echo "$BENCH_HOST $from $(date +%s%3N)" >> "$BENCH_LOG"\n';
  const bench = `from=$(date +%s%3N)\nsleep 0.02\n${wait}. ./work.sh\necho "METRIC steps=$STEPS"\necho "answer $ANSWER"\n${end}`;
  return { 'bench.sh': bench, 'c.yaml': contract, 'work.sh': work(100) };
}

/** The program: its work is a number. */
export const work = (steps: number) => `STEPS=${steps}\nANSWER=42\n`;

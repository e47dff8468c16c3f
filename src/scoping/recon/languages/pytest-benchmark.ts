import type { Candidate } from '../finding.ts';
import type { Tree } from '../tree.ts';

const RESULT = 'perf-gate-bench.json';

/** One candidate for each test that uses the fixture `benchmark`. Its command runs only this test, and writes the result to a file. */
export function pytestBenchmarks(tree: Tree, tests: readonly string[], python: string): Candidate[] {
  const benches = tree.files.filter((f) => tests.includes(f) || /(^|\/)bench[^/]*\.py$/.test(f)).slice(0, 200);
  return benches
    .flatMap((file) => benchmarksIn(tree.read(file)).map((name) => ({ file, name })))
    .slice(0, 8)
    .map(({ file, name }): Candidate => {
      const [what = ''] = name.split('::').slice(-1);
      return {
        command: `${python} -m pytest -q --benchmark-only --benchmark-json=${RESULT} '${file}::${name}'`,
        kind: 'bench',
        found_in: `${file}, ${what}`,
        reports: {
          name: `${what}_ms`,
          unit: 'ms',
          lower_is_better: true,
          source: { format: 'pytest-benchmark', file: RESULT },
          why: 'the mean that pytest-benchmark reports',
        },
      };
    });
}

/** The tests by their names in pytest, `Class::test` in a class. Parametrised tests are left out, because each is several benchmarks. */
function benchmarksIn(text: string): string[] {
  const found: string[] = [];
  let inClass = '';
  let isParametrised = false;
  for (const line of text.split('\n')) {
    const opened = /^class\s+(\w+)/.exec(line)?.[1];
    if (opened) inClass = opened;
    else if (/^(def|async def|@)/.test(line)) inClass = '';
    if (/@pytest\.mark\.parametrize/.test(line)) isParametrised = true;
    const [, indent = '', name, given = ''] =
      /^(\s*)(?:async\s+)?def\s+(test_\w+|bench_\w+)\s*\(([^)]*)/.exec(line) ?? [];
    if (name === undefined) continue;
    if (/\bbenchmark\b/.test(given) && !isParametrised) found.push(indent && inClass ? `${inClass}::${name}` : name);
    isParametrised = false;
  }
  return found;
}

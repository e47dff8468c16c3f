import { posix } from 'node:path';
import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';

/** Finds Go by go.mod. Candidates are each `func Benchmark…` in the test files, and the programs of the module. */
export function go(tree: Tree): Finding | undefined {
  if (!tree.has('go.mod')) return undefined;
  const tests = tree.files.filter((f) => f.endsWith('_test.go'));
  const mod = tree.read('go.mod');
  const version = /^go\s+(\S+)/m.exec(mod)?.[1];
  const benches = tests.slice(0, 200).flatMap((file) => benchmarksIn(tree.read(file)).map((name) => ({ file, name })));
  return {
    ...emptyFinding('go'),
    runtime: version ? `go ${version}` : 'go',
    package_manager: 'go',
    candidates: [
      ...benches.slice(0, 10).map(benchmark),
      ...programs(tree, mod),
      { command: 'go build ./...', kind: 'build', found_in: 'go.mod' },
    ],
    test_command: tests.length > 0 ? 'go test ./...' : null,
    build_command: 'go build ./...',
    setup_command: tree.has('go.sum') && !tree.has('vendor/modules.txt') ? 'go mod download' : null,
    tools: benches.length > 0 ? ['go test -bench', 'pprof'] : ['pprof'],
  };
}

const RESULT = 'perf-gate-bench.txt';
const PROGRAM = 'perf-gate.test';

/** Builds the test program before it is timed, and runs one benchmark in the folder of its package, as `go test` does. */
function benchmark({ file, name }: { file: string; name: string }): Candidate {
  const dir = posix.dirname(file);
  const [top = '', sub] = name.split('/');
  const pattern = sub === undefined ? `^${top}$` : `^${top}$/^${sub}$`;
  const run = `./${PROGRAM} -test.run '^$' -test.bench '${pattern}' > ${RESULT}`;
  return {
    command: dir === '.' ? run : `cd ${dir} && ${run}`,
    kind: 'bench',
    found_in: `${file}, ${name}`,
    build: `go test -c -o ${posix.join(dir, PROGRAM)} ./${dir === '.' ? '' : dir}`,
    reports: {
      name: `${top.replace(/^Benchmark/, '')}_ns`,
      unit: 'ns',
      lower_is_better: true,
      source: { format: 'go-bench', file: posix.join(dir, RESULT) },
      why: 'the ns/op that the benchmark reports',
    },
  };
}

/**
 * The names of the benchmarks in a test file. From a benchmark with sub-benchmarks, only the first sub-benchmark whose name is a literal is
 * listed, such as `BenchmarkParse/small`. A benchmark whose sub-benchmarks all have computed names is left out.
 */
function benchmarksIn(text: string): string[] {
  return text.split(/^(?=func )/m).flatMap((body) => {
    const [, name, b] = /^func (Benchmark\w*)\((\w+) \*testing\.B\)/.exec(body) ?? [];
    if (name === undefined) return [];
    if (!body.includes(`${b}.Run(`)) return [name];
    const sub = new RegExp(`\\b${b}\\.Run\\(\\s*"([\\w.-]+)"`).exec(body)?.[1];
    return sub === undefined ? [] : [`${name}/${sub}`];
  });
}

/** The programs of the module: `main.go` at the root, and the folders of `cmd/`. */
function programs(tree: Tree, mod: string): Candidate[] {
  const module = /^module\s+(\S+)/m.exec(mod)?.[1] ?? 'main';
  const folders = tree.files.filter((f) => /^(cmd\/[^/]+\/)?main\.go$/.test(f)).map((f) => posix.dirname(f));
  return folders.slice(0, 3).map((dir): Candidate => {
    const binary = `perf-gate-bin/${posix.basename(dir === '.' ? module : dir)}`;
    const build = `go build -o ${binary} ./${dir === '.' ? '' : dir}`;
    return { command: `./${binary} --help`, kind: 'start', found_in: posix.join(dir, 'main.go'), build };
  });
}

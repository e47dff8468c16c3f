import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';

/** Go, from go.mod and from `func Benchmark…` in test files. */
export function go(tree: Tree): Finding | undefined {
  if (!tree.has('go.mod')) return undefined;
  const tests = tree.files.filter((f) => f.endsWith('_test.go'));
  const bench = tests.slice(0, 200).find((f) => /^func Benchmark\w*\(/m.test(tree.read(f)));
  const version = /^go\s+(\S+)/m.exec(tree.read('go.mod'))?.[1];
  const candidates: Candidate[] = [];
  if (bench) candidates.push({ command: "go test -run '^$' -bench . ./...", kind: 'bench', found_in: bench });
  candidates.push({ command: 'go build ./...', kind: 'build', found_in: 'go.mod' });
  return {
    ...emptyFinding('go'),
    runtime: version ? `go ${version}` : 'go',
    package_manager: 'go',
    candidates,
    test_command: tests.length > 0 ? 'go test ./...' : null,
    build_command: 'go build ./...',
    tools: bench ? ['go test -bench', 'pprof'] : ['pprof'],
    protected: tests.length > 0 ? ['**/*_test.go'] : [],
  };
}

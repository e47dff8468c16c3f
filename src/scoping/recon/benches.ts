import type { Candidate } from './finding.ts';
import type { Tree } from './tree.ts';

/** Where benchmarks lie already: folders (with `/` at the end), and single files outside of them. */
export function existingBenchmarks(tree: Tree): string[] {
  const folders = new Set<string>();
  const files: string[] = [];
  for (const path of tree.files) {
    const folder = /^(?:[^/]+\/){0,2}?(?:bench|benches|benchmarks?|perf)\//i.exec(path)?.[0];
    if (folder) folders.add(folder);
    else if (/(^|\/)(bench(mark)?\.\w+|[^/]+[._]bench\.\w+|bench_[^/]+)$/i.test(path)) files.push(path);
  }
  return [...folders, ...files.slice(0, 10)];
}

/** Shell scripts that measure, whatever the language. */
export function benchScripts(tree: Tree): Candidate[] {
  return tree.files
    .filter((f) => /^((bench|benchmarks?|perf)\/[^/]+|bench(mark)?)\.sh$/.test(f))
    .slice(0, 5)
    .map((f) => ({ command: `sh ${f}`, kind: 'bench', found_in: f }));
}

/** Folders of tests at the root, and everything that measures: what a fix has no business in. */
export function protectedPaths(tree: Tree, benchmarks: string[]): string[] {
  const tests = ['test', 'tests', '__tests__', 'spec', 'e2e'].filter((dir) =>
    tree.files.some((f) => f.startsWith(`${dir}/`)),
  );
  return [...tests.map((dir) => `${dir}/**`), ...benchmarks.map((path) => (path.endsWith('/') ? `${path}**` : path))];
}

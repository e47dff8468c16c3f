import type { Tree } from './tree.ts';

/** The existing benchmarks of the project: folders (with `/` at the end), and up to ten files outside of them. */
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

/** Globs of the files that a fix must not touch: test folders and test files at the root, and all benchmarks. */
export function protectedPaths(tree: Tree, benchmarks: string[]): string[] {
  const tests = ['test', 'tests', '__tests__', 'spec', 'e2e'].filter((dir) =>
    tree.files.some((f) => f.startsWith(`${dir}/`)),
  );
  const files = tree.files.filter((f) => /^tests?\.\w+$/.test(f));
  return [
    ...tests.map((dir) => `${dir}/**`),
    ...files,
    ...benchmarks.map((path) => (path.endsWith('/') ? `${path}**` : path)),
  ];
}

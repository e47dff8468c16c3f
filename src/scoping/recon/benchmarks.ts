import type { Tree } from './tree.ts';

/** The existing benchmarks of the project: folders (with `/` at the end), and at most ten files outside of these folders. */
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

/** The globs of benchmarks. A folder becomes a glob of all its files. */
export const globsOf = (benchmarks: readonly string[]): string[] =>
  benchmarks.map((path) => (path.endsWith('/') ? `${path}**` : path));

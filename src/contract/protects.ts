import picomatch from 'picomatch';

/** Whether patterns protect a path that is relative to the project. A file at the path need not exist. */
export function isProtected(patterns: readonly string[], path: string): boolean {
  return matcher(patterns).matches(path);
}

/**
 * The paths that the patterns protect, without paths in excluded folders (`notOurs`). Paths are relative to the project, with `/` between
 * folders. A file at the path need not exist.
 */
export function matchesProtected(paths: readonly string[], patterns: readonly string[]): string[] {
  const { matches, leaveOut } = matcher(patterns);
  return paths.filter(
    (path) =>
      matches(path) &&
      !path
        .split('/')
        .slice(0, -1)
        .some((dir) => leaveOut.has(dir)),
  );
}

/** Folders whose files are protected only by a pattern that contains the name of the folder. */
export const notOurs = ['.git', '.perf-gate', 'node_modules'];

/**
 * Matches paths against patterns. A pattern such as `app/[id].ts` also protects the file with exactly this path. If a pattern matches a
 * folder, all files in the folder are protected. `!` makes exceptions.
 */
export function matcher(patterns: readonly string[]) {
  const clean = patterns.map((pattern) => pattern.replace(/^(!?)(?:\.\/)+/, '$1').replace(/\/+$/, ''));
  const wanted = clean.filter((pattern) => !pattern.startsWith('!')).flatMap(withBelow);
  const unwanted = clean.filter((pattern) => pattern.startsWith('!')).flatMap((pattern) => withBelow(pattern.slice(1)));
  const leaveOut = new Set(notOurs.filter((dir) => !clean.some((pattern) => pattern.split('/').includes(dir))));
  const matches = wanted.length === 0 ? () => false : picomatch(wanted, { dot: true, ignore: unwanted });
  return { matches, leaveOut };
}

function withBelow(pattern: string): string[] {
  const literal = pattern.replace(/[\\[\](){}!*?+@|]/g, '\\$&');
  return [...new Set([pattern, literal])].flatMap((spelling) => [spelling, `${spelling}/**`]);
}

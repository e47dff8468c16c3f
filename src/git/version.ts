/** The oldest git that perf-gate works with. Undoing a commit needs `git merge-tree --write-tree`, which this version introduced. */
export const OLDEST_GIT = '2.38';

/** Whether a version such as `2.39.5` is older than `OLDEST_GIT`. */
export function isTooOld(version: string): boolean {
  const [major, minor] = numbers(version);
  const [oldestMajor, oldestMinor] = numbers(OLDEST_GIT);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

function numbers(version: string): [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
}

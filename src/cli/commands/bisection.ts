import { namesOf } from '../../git/line.ts';
import type { Repo } from '../../git/repo.ts';
import type { PrintedBisection } from '../../report/bisection.ts';

/**
 * The object of `bisect --json`, without the comparison; commits are ids. `inside`: the first and the last commit that a merge brought
 * in.
 */
export type Found = Omit<PrintedBisection, 'inside'> & { inside: { good: string; bad: string } | null };

/**
 * The result of a bisection, with commit names for people. `options`: the options for the suggested command, which searches inside a merge.
 */
export async function toldOf(repo: Repo, found: Found, options: string): Promise<PrintedBisection> {
  const { good, bad, first_bad, before, between, inside, left_out } = found;
  const ends = [good, bad, ...[first_bad, before].filter((commit) => commit !== null)];
  const names = await namesOf(repo, [...new Set([...ends, ...between, ...left_out.map(({ commit }) => commit)])]);
  const name = (commit: string) => names.get(commit)!;
  return {
    ...found,
    good: name(good),
    bad: name(bad),
    first_bad: first_bad && name(first_bad),
    before: before && name(before),
    between: between.map(name),
    inside: inside && `perf-gate bisect ${inside.good.slice(0, 10)} ${inside.bad.slice(0, 10)}${options}`,
    left_out: left_out.map(({ commit, why }) => ({ commit: name(commit), why })),
  };
}

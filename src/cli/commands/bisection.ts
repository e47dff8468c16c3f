import { namesOf } from '../../git/line.ts';
import type { Repo } from '../../git/repo.ts';
import type { ToldBisection } from '../../report/bisection.ts';

/** A bisection with the names of its commits, for people. */
export async function toldOf(repo: Repo, found: ToldBisection): Promise<ToldBisection> {
  const { good, bad, first_bad, before, between, left_out } = found;
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
    left_out: left_out.map(({ commit, why }) => ({ commit: name(commit), why })),
  };
}

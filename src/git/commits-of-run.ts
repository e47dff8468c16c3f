import { git, type Place } from './git.ts';

/** Commits between `from` and `to` whose trailer says that they are the run's, with the attempt that they say they keep; oldest first. */
export async function commitsOfRun(
  repo: Place,
  { run, from, to }: { run: string; from: string; to: string },
): Promise<{ commit: string; attempt: number }[]> {
  const format =
    '%H%x00%(trailers:key=Perf-Gate-Run,valueonly,separator=%x2C)%x00%(trailers:key=Perf-Gate-Attempt,valueonly,separator=%x2C)';
  const listed = await git(repo, ['log', '--reverse', `--format=${format}`, '--end-of-options', `${from}..${to}`]);
  return listed
    .split('\n')
    .map((line) => line.split('\0'))
    .filter(([, of, attempt]) => of === run && attempt)
    .map(([commit, , attempt]) => ({ commit: commit!, attempt: Number(attempt) }));
}

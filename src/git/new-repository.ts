import { gitIn, output } from './git.ts';

/** Whoever runs the demo may have no name in their git configuration. */
const identity = ['-c', 'user.name=perf-gate demo', '-c', 'user.email=demo@perf-gate.invalid'];

/** Makes a folder a repository whose first commit holds all that is in it. Throws `git_failed`. */
export async function newRepository(dir: string, message: string): Promise<void> {
  const steps = [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    [...identity, 'commit', '--quiet', '--no-verify', '--message', message],
  ];
  for (const args of steps) output(args, await gitIn(dir, args));
}

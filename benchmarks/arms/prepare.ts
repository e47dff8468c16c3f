import { join } from 'node:path';
import { systemClock } from '../../src/core/clock.ts';
import { run } from '../../src/core/exec.ts';
import { makeDir, remove } from '../../src/core/fs.ts';
import { prepareArm } from '../../src/git/arms.ts';
import { freeze } from '../../src/git/freeze.ts';
import { treeOf } from '../../src/git/repo.ts';
import { median } from '../../src/stats/robust.ts';
import { projectWith } from './project.ts';

/** The timed steps, in the order of a run. The frozen copy and the first arm are full copies. */
export const steps = [
  'cp -a',
  'frozen copy',
  'first arm',
  'second arm',
  'first arm again',
  'second arm again',
] as const;
type Step = (typeof steps)[number];

/** Medians of the rounds, in milliseconds. */
export type Row = { files: number; mb: number; ms: Record<Step, number> };

/** Times the arms of a project with this many ignored files, and `cp -a`, each round in a new folder below `dir`. */
export async function prepared(dir: string, files: number, rounds: number): Promise<Row> {
  const root = join(dir, `project-${files}`);
  const { repo, bytes } = await projectWith(root, files);
  const tree = await treeOf(repo, 'HEAD');
  const taken = steps.map((name) => ({ name, ms: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    const place = join(dir, `round-${files}-${round}`);
    makeDir(place);
    const [f, a, b] = ['f', 'a', 'b'].map((name) => join(place, name)) as [string, string, string];
    const arm = (dir: string, other: string) => prepareArm(repo, { dir, other, frozen: { dir: f, tree }, tree });
    const works: Record<Step, () => Promise<unknown>> = {
      'cp -a': () => copied(root, join(place, 'c')),
      'frozen copy': () => freeze(repo, f),
      'first arm': () => arm(a, b),
      'second arm': () => arm(b, a),
      'first arm again': () => arm(a, b),
      'second arm again': () => arm(b, a),
    };
    for (const { name, ms } of taken) ms.push(await timed(works[name]));
    remove(place);
  }
  remove(root);
  const ms = Object.fromEntries(taken.map(({ name, ms }) => [name, median(ms)])) as Record<Step, number>;
  return { files, mb: bytes / 1e6, ms };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = systemClock.ms();
  await work();
  return systemClock.ms() - from;
}

async function copied(from: string, to: string): Promise<void> {
  const ended = await run('cp', ['-a', from, to]);
  if (ended.exitCode !== 0) throw new Error(`cp -a: ${ended.stderr}`);
}

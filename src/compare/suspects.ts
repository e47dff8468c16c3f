import { posix } from 'node:path';
import type { Contract } from '../contract/schema/contract.ts';
import { benchmarksOf } from '../contract/suite.ts';
import type { Suspects } from '../experiment/suite.ts';
import { type Change, changes } from '../git/changes.ts';
import { tryGit } from '../git/git.ts';
import type { Repo } from '../git/repo.ts';
import { pathsNamed } from './untracked.ts';

/** The trees that are compared. `head` has the protected files of the base, and `committed` is the head as it was committed. */
type Trees = { base: string; head: string; committed: string };

/**
 * The benchmarks whose command contains the name of a file, or of a script in `package.json`, that only one tree has. The command can use
 * this name for something else, so the name alone is no proof. A benchmark counts as missing in the other tree only if its command also
 * fails there.
 */
export async function suspectsIn(repo: Repo, contract: Contract, { base, head, committed }: Trees): Promise<Suspects> {
  const [measured, asked] = [await changes(repo, base, head), await changes(repo, base, committed)];
  const [before, after, own] = await Promise.all(
    [base, head, committed].map((tree) => scriptsIn(repo, contract, tree)),
  );
  const onlyHead = new Set([...paths([...measured, ...asked], 'added'), ...without([...after!, ...own!], before!)]);
  const onlyBase = new Set([...paths(measured, 'deleted'), ...without(before!, after!)]);
  const naming = (only: ReadonlySet<string>) =>
    benchmarksOf(contract)
      .filter(({ contract: { repro } }) =>
        [...pathsNamed(repo, repro.cwd, [repro.script]), ...scriptsNamed(repro.script)].some((one) => only.has(one)),
      )
      .map(({ name }) => name);
  return { head: naming(onlyHead), base: naming(onlyBase) };
}

const paths = (found: readonly Change[], status: Change['status']) =>
  found.filter((change) => change.status === status).map(({ path }) => path);

const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));

/** The name of a script in the form `npm run parse`, which cannot be mistaken for a path. */
const asScript = (name: string) => `npm run ${name}`;

const scriptsNamed = (command: string): string[] =>
  [...command.matchAll(/\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?([\w:.@-]+)/g)].map(([, name]) =>
    asScript(name!),
  );

/** The scripts of the project's `package.json` in a tree; empty if the file is missing or unreadable. */
async function scriptsIn(repo: Repo, { repro }: Contract, tree: string): Promise<string[]> {
  const file = posix.join(repo.prefix, repro.cwd, 'package.json');
  const found = await tryGit(repo, ['cat-file', 'blob', `${tree}:${file}`]);
  if (found.exitCode !== 0) return [];
  try {
    const { scripts } = JSON.parse(found.stdout) as { scripts?: object };
    return Object.keys(scripts ?? {}).map(asScript);
  } catch {
    return [];
  }
}

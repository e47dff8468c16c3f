import { basename } from 'node:path';

/**
 * A version manager's shim: a small program that finds and starts the real program. `real`: the absolute path of the program that the shim
 * found. Null if the shim found no program. `execs`: the number of programs that the shim started to find the real program.
 */
export type Shim = { program: string; manager: string; real: string | null; execs: number };

/** The folders in which version managers put their shims. */
const places: readonly (readonly [manager: string, at: RegExp])[] = [
  ['pyenv', /\/\.pyenv\/shims\/[^/]+$/],
  ['rbenv', /\/\.rbenv\/shims\/[^/]+$/],
  ['nodenv', /\/\.nodenv\/shims\/[^/]+$/],
  ['jenv', /\/\.jenv\/shims\/[^/]+$/],
  ['goenv', /\/\.goenv\/shims\/[^/]+$/],
  ['asdf', /\/\.asdf\/shims\/[^/]+$/],
  ['mise', /\/mise\/shims\/[^/]+$/],
  ['volta', /\/\.volta\/bin\/[^/]+$/],
];

const managerOf = (path: string): string | undefined => places.find(([, at]) => at.test(path))?.[0];

/**
 * The shims among the programs that a hook started. The paths of the programs are given in the order of their starts. Each program is
 * listed once.
 */
export function shimsIn(started: readonly string[]): Shim[] {
  const shims = new Map<string, Shim>();
  for (const [i, path] of started.entries()) {
    const manager = managerOf(path);
    const program = basename(path);
    if (manager === undefined || shims.has(program)) continue;
    const way = started.slice(i + 1);
    const found = way.findIndex((next) => managerOf(next) === undefined && isThat(basename(next), program));
    shims.set(program, { program, manager, real: way[found] ?? null, execs: found < 0 ? way.length : found });
  }
  return [...shims.values()];
}

/** Whether a file has the program's name, with or without an ending: for `python3`, the file can be `python3.12`. */
const isThat = (name: string, program: string): boolean => name === program || name.startsWith(`${program}.`);

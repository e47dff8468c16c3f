import { closeSync, openSync, readSync } from 'node:fs';
import { run } from '../core/exec.ts';
import { findProgram } from '../core/locate.ts';
import type { World } from '../core/world.ts';

/**
 * The cost of a wrapper, which is a program that only starts the real program. `ms`: the wrapper's own time. `behind`: the path of the real
 * program, if it reported its path.
 */
export type FixedCost = { program: string; file: string; ms: number; behind: string | null };

/** Matches package managers and build tools, which work for a long time before they start the real program. */
const starters = /^(npm|npx|pnpm|yarn|bunx|uv|uvx|poetry|pipenv|hatch|tox|nox|bundle|mvn|gradle|dotnet)$/;

/** For each runtime that a wrapper may start, the arguments that make the runtime print its own path. */
const asks: readonly [name: RegExp, args: readonly string[]][] = [
  [/^python[\d.]*$/, ['-c', 'import sys; print(sys.executable)']],
  [/^node$/, ['-p', 'process.execPath']],
  [/^ruby$/, ['-e', 'puts RbConfig.ruby']],
];

type Place = Pick<World, 'clock'> & { cwd: string; env: NodeJS.ProcessEnv };

/**
 * The cost of a wrapper with which the command begins. A wrapper is a package manager, or a shell script on the PATH, such as the shims of
 * pyenv, nvm and asdf. Its time is part of every execution in both arms, so every gain looks smaller. Returns null if the command begins
 * with no wrapper.
 */
export async function fixedCost(script: string, place: Place): Promise<FixedCost | null> {
  const program =
    script
      .trim()
      .split(/\s+/)
      .find((word) => !/^(\w+=.*|exec|env|nice)$/.test(word)) ?? '';
  const file = findProgram(program, place.env);
  if (file === undefined || !(starters.test(program) || isShellScript(file))) return null;
  const args = asks.find(([name]) => name.test(program))?.[1];
  const told = args && (await run(file, args, options(place))).stdout.trim();
  const behind = told?.startsWith('/') && told !== file ? told : null;
  const [all, own] = [await quickest(file, place), behind === null ? 0 : await quickest(behind, place)];
  return { program, file, ms: Math.max(0, all - own), behind };
}

const options = ({ cwd, env }: Place) => ({ cwd, env, timeoutMs: 20_000 });
const TRIALS = 4;

/** Starts a command a few times without giving it work, and returns the shortest time in ms. */
async function quickest(file: string, place: Place): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < TRIALS; i++) {
    const before = place.clock.ms();
    await run(file, ['--version'], options(place));
    best = Math.min(best, place.clock.ms() - before);
  }
  return best;
}

function isShellScript(file: string): boolean {
  try {
    const fd = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(80);
      return /^#!.*\b(ba|da|z|k)?sh\b/.test(bytes.toString('latin1', 0, readSync(fd, bytes)));
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}

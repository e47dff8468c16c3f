import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sweepTemporary } from './debris.ts';
import { remove, writeDurable } from './fs.ts';
import { holderOf, type LiveHolder, ourselves } from './lock.ts';
import { isStopped } from './processes.ts';

/**
 * A line of processes that wait for something: a folder with a numbered file for each. It only says whose turn it is; a lock says who
 * has it. Two that come in the same instant may get the same number, and then either order will do.
 */
export type PlaceInLine = {
  /** Who came before and still waits. One that was stopped (Ctrl-Z) keeps its place, and is passed by meanwhile. */
  before(): LiveHolder[];
  leave(): void;
};

/** Takes the last place. Those who died in the line are taken out of it. */
export function lineUp(dir: string, what: string): PlaceInLine {
  const numbers = namesIn(dir).map((name) => Number.parseInt(name, 10));
  const number = String(Math.max(0, ...numbers) + 1).padStart(8, '0');
  const name = `${number}-${randomBytes(6).toString('hex')}`;
  writeDurable(join(dir, name), JSON.stringify(ourselves(what)));
  sweepTemporary(dir);
  for (const other of namesIn(dir)) if (!holderOf(join(dir, other))) remove(join(dir, other));
  return {
    before: () => waiting(dir, (other) => other < name).filter(({ pid }) => !isStopped(pid)),
    leave: () => remove(join(dir, name)),
  };
}

/** Everybody in the line, the first to come first; `since` is when they came. */
export const lineIn = (dir: string): LiveHolder[] => waiting(dir, () => true);

/** The dead do not wait. */
function waiting(dir: string, which: (name: string) => boolean): LiveHolder[] {
  return namesIn(dir)
    .filter(which)
    .flatMap((name) => holderOf(join(dir, name)) ?? []);
}

function namesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => /^\d{8}-/.test(name))
    .sort();
}

import { dirname } from 'node:path';
import { type Caveat, listed } from '../caveats/caveat.ts';
import type { Trace } from './trace.ts';

/** The audited execution of an arm: its trace, the arm's folders as real paths (`own`), and its output (`printed`). */
export type Audited = { trace: Trace; own: readonly string[]; printed: string };

type Did = Pick<Audited, 'trace' | 'own'>;

/**
 * A caveat if the candidate starts more processes than the base. If more processes share the work, the largest process needs less memory,
 * although the program as a whole may need more.
 */
export function startsMore(base: Did, candidate: Did): Caveat[] {
  const [was, is] = [base.trace.processes, candidate.trace.processes];
  return is > was ? [{ code: 'starts_more', base: was, candidate: is }] : [];
}

/**
 * Folders that the audit ignores: every program reads the system's folders, and `/proc` and `/sys` contain no stored files. `/dev/shm` is
 * not in the list, because a program can keep data there.
 */
const system = [
  '/usr',
  '/lib',
  '/lib32',
  '/lib64',
  '/bin',
  '/sbin',
  '/etc',
  '/proc',
  '/sys',
  '/nix/store',
  '/opt/homebrew',
];

/** Returns the paths outside of the arms' copies that only the candidate opens, and the programs that only the candidate starts. */
export function auditDifferences(base: Did, candidate: Did): Caveat[] {
  const runtimes = [...base.trace.started].flatMap((program) => runtimeOf(program, base.own));
  const ignored = (path: string) =>
    isBelow(path, [...system, ...runtimes]) || (isBelow(path, ['/dev']) && !isBelow(path, ['/dev/shm']));
  const outside = [...base.trace.opened, ...base.trace.started].filter((path) => !isBelow(path, base.own));
  const known = new Set(outside.map(alike));
  const opened = [...candidate.trace.opened].filter(
    (path) =>
      !known.has(alike(path)) &&
      !isBelow(path, candidate.own) &&
      !ignored(path) &&
      !candidate.own.some((folder) => isBelow(folder, [path])),
  );
  const names = new Set([...base.trace.started].map((program) => inOwn(program, base.own)));
  const started = [...candidate.trace.started]
    .map((program) => inOwn(program, candidate.own))
    .filter((program) => !names.has(program));
  return [
    ...listed(named(opened), (first, more) => ({ code: 'opens_outside', paths: first, more })),
    ...listed(named(started), (first, more) => ({ code: 'starts_other', programs: first, more })),
  ];
}

const named = (all: readonly string[]): string[] => [...new Set(all)].sort();

/**
 * The folders of a program and of its libraries. Empty for a program in the arm. Also empty if the program's folder is near the root,
 * because such a folder contains many other files.
 */
function runtimeOf(program: string, own: readonly string[]): string[] {
  const folder = dirname(program);
  if (isBelow(program, own) || own.some((one) => isBelow(one, [folder]))) return [];
  if (/\/s?bin$/.test(folder)) return ['', '/lib', '/lib64'].map((part) => (part ? dirname(folder) + part : folder));
  return folder.split('/').length < 4 ? [] : [folder];
}

/** Replaces parts of a path that differ between executions (times, numbers, hashes, git objects), so that such paths compare equal. */
const alike = (path: string): string =>
  path.replace(/\/objects\/[0-9a-f]{2}\/[0-9a-f]{38,}$/, '/objects/#').replace(/[0-9a-f]*\d[0-9a-f]*/g, '#');

const isBelow = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** The path of a program relative to its arm, so that the same program has the same name in both arms. */
function inOwn(program: string, own: readonly string[]): string {
  const folder = own.find((one) => program.startsWith(`${one}/`));
  return folder === undefined ? program : program.slice(folder.length + 1);
}

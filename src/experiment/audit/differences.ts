import { dirname } from 'node:path';
import { type Caveat, listed } from '../caveats/caveat.ts';
import type { Trace } from './trace.ts';

/** What an arm did in its audited execution; `own`: the folders that belong to it, as real paths; `printed`: its output. */
export type Audited = { trace: Trace; own: readonly string[]; printed: string };

type Did = Pick<Audited, 'trace' | 'own'>;

/** Memory that is spread over more processes is less in the largest of them. */
export function startsMore(base: Did, candidate: Did): Caveat[] {
  const [was, is] = [base.trace.processes, candidate.trace.processes];
  return is > was ? [{ code: 'starts_more', base: was, candidate: is }] : [];
}

/** Places that every program reads, or that hold no files. What lies in `/dev/shm` is kept there by somebody. */
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

/** What the candidate opens outside of its copy and starts, and the base does not. */
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

/** The folders of a program and of its libraries. None for what lies in the arm, or so high that much else lies there. */
function runtimeOf(program: string, own: readonly string[]): string[] {
  const folder = dirname(program);
  if (isBelow(program, own) || own.some((one) => isBelow(one, [folder]))) return [];
  if (/\/s?bin$/.test(folder)) return ['', '/lib', '/lib64'].map((part) => (part ? dirname(folder) + part : folder));
  return folder.split('/').length < 4 ? [] : [folder];
}

/** Names of which one execution has another than the next are the same: with a time, a number, a hash. So are git’s objects. */
const alike = (path: string): string =>
  path.replace(/\/objects\/[0-9a-f]{2}\/[0-9a-f]{38,}$/, '/objects/#').replace(/[0-9a-f]*\d[0-9a-f]*/g, '#');

const isBelow = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** A program of the arm by its path there, so that the same program of the other arm has the same name. */
function inOwn(program: string, own: readonly string[]): string {
  const folder = own.find((one) => program.startsWith(`${one}/`));
  return folder === undefined ? program : program.slice(folder.length + 1);
}

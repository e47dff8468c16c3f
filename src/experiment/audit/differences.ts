import { dirname } from 'node:path';
import { firstOf, type Told } from '../told/told.ts';
import type { Trace } from './trace.ts';

/** What an arm did in its audited execution; `own`: the folders that belong to it, as real paths; `printed`: its output. */
export type Audited = { trace: Trace; own: readonly string[]; printed: string };

type Did = Pick<Audited, 'trace' | 'own'>;

/** Memory that is spread over more processes is less in the largest of them. */
export function startsMore(base: Did, candidate: Did): Told[] {
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
export function auditDifferences(base: Did, candidate: Did): Told[] {
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
    ...listed(opened, (first, more): Told => ({ code: 'opens_outside', paths: first, more })),
    ...listed(started, (first, more): Told => ({ code: 'starts_other', programs: first, more })),
  ];
}

function listed(all: readonly string[], told: (first: string[], more: number) => Told): Told[] {
  const { first, more } = firstOf([...new Set(all)].sort());
  return first.length > 0 ? [told(first, more)] : [];
}

/** The folder that a program was installed to: `/root/.pyenv/versions/3.12` for its `bin/python3`. None for what lies in the arm or at the top. */
function runtimeOf(program: string, own: readonly string[]): string[] {
  const folder = dirname(program);
  const place = /\/s?bin$/.test(folder) ? dirname(folder) : folder;
  const isWide = place.split('/').length < 4 || own.some((one) => isBelow(one, [place]));
  return isWide || isBelow(program, own) ? [] : [place];
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

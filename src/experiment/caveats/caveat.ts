import type { Amount } from '../judged.ts';

/**
 * Caveats of an accepted change, for the reader to check: perf-gate cannot prevent them, and they never change the verdict. In JSON their
 * key is `told`. Positive gains are better, in per cent of the base. Lists hold the first entries, and `more` counts the rest.
 */
type CaveatFacts = {
  /** The primary metric is what the program prints, and neither wall nor CPU time of the same executions moved by it. */
  self_reported_alone: { metric: string; claimed: Amount; wall: Amount; cpu: Amount | null };
  /** What the measured runs of the candidate save, its warm-up pays: `saved` a run, `paid` more in the warm-up than the base. */
  warm_up_heavier: { metric: string; saved: Amount; paid: Amount };
  /** Setup and build take longer, or leave more, than those of the base: seconds, and bytes written. */
  build_grew: { what: 'seconds' | 'bytes'; base: number; candidate: number };
  new_link: { links: { path: string; target: string }[]; more: number };
  new_binary: { paths: string[]; more: number };
  /** New files that an interpreter, a package manager or a shell finds in the place of what has that name. */
  shadows: { files: Shadow[]; more: number };
  /** What the candidate opened or asked for outside of its copy, and the base did not: paths and addresses. */
  opens_outside: { paths: string[]; more: number };
  starts_other: { programs: string[]; more: number };
  /** Only where the memory of the largest process is judged: the candidate starts more processes than the base. */
  starts_more: { base: number; candidate: number };
  /** What the program prints stands in what the change adds, word for word. */
  answer_in_change: { words: string[]; more: number };
  /** The judged files got smaller by `saved`, in bytes, and all files of the candidate together only by `altogether`. */
  size_elsewhere: { saved: number; altogether: number };
  /** No execution of the arms was audited, or none to its end. */
  not_audited: { why: NotAudited };
  /** The gain is surely larger than making the hotspot cost nothing would give, in per cent. */
  too_good: { hotspot: string; at_least_pct: number; most_pct: number };
  /** Wall time of the base’s unchanged program moved in the flattering direction. */
  base_moved_wall: { was: Amount; is: Amount };
};

/** A file and what it stands in the place of: a module or package of that name, what Python runs at its start, or a program. */
export type Shadow = { path: string; kind: 'module' | 'startup' | 'package' | 'program'; name: string };

export type NotAudited = 'no_strace' | 'not_permitted' | 'timed_out' | 'failed' | 'service' | 'one_arm';
export type CaveatCode = keyof CaveatFacts;
export type CaveatOf<Code extends CaveatCode> = { code: Code } & CaveatFacts[Code];
export type Caveat = { [Code in CaveatCode]: CaveatOf<Code> }[CaveatCode];

/** Entries of a list that are kept: a few show what happened. */
const KEPT = 8;

/** One caveat with the first entries of a list and the number of the others; nothing if the list is empty. */
export const listed = <T>(all: readonly T[], caveatOf: (first: T[], more: number) => Caveat): Caveat[] =>
  all.length === 0 ? [] : [caveatOf(all.slice(0, KEPT), Math.max(0, all.length - KEPT))];

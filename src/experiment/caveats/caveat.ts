import type { Amount } from '../judged.ts';

/**
 * Caveats of an accepted change, for the reader to check: perf-gate cannot prevent them, and they never change the verdict. In JSON their
 * key is `told`. Positive gains are better, in per cent of the base. Lists hold the first entries, and `more` counts the rest.
 */
type CaveatFacts = {
  /** The program itself reports the primary metric, and neither wall nor CPU time of the same executions confirms the gain. */
  self_reported_alone: { metric: string; claimed: Amount; wall: Amount; cpu: Amount | null };
  /**
   * The candidate's runs are faster and its warm-up is slower: each run saves `saved`, and the warm-up costs `paid` more than the base's.
   */
  warm_up_heavier: { metric: string; saved: Amount; paid: Amount };
  /** Setup and build take longer, or write more, than those of the base: in seconds, or in bytes. */
  build_grew: { what: 'seconds' | 'bytes'; base: number; candidate: number };
  new_link: { links: { path: string; target: string }[]; more: number };
  new_binary: { paths: string[]; more: number };
  /** New files that an interpreter, a package manager or a shell finds before others of the same name. */
  shadows: { files: Shadow[]; more: number };
  /** Paths and addresses outside of its copy that the candidate opened, and the base did not. */
  opens_outside: { paths: string[]; more: number };
  starts_other: { programs: string[]; more: number };
  /** The candidate starts more processes than the base; only if the memory of the largest process is judged. */
  starts_more: { base: number; candidate: number };
  /** The added lines of the change contain words that the program prints. */
  answer_in_change: { words: string[]; more: number };
  /** The judged files shrank by `saved` bytes, but all files of the candidate together only by `altogether` bytes. */
  size_elsewhere: { saved: number; altogether: number };
  /** No audited execution of the arms was completed. */
  not_audited: { why: NotAudited };
  /** The proved gain is larger than the hotspot's whole cost, in per cent. */
  too_good: { hotspot: string; at_least_pct: number; most_pct: number };
  /** Wall time of the base’s unchanged program moved in the flattering direction. */
  base_moved_wall: { was: Amount; is: Amount };
};

/** A file and the thing that it shadows: a module or package of that name, a file that Python runs at its start, or a program. */
export type Shadow = { path: string; kind: 'module' | 'startup' | 'package' | 'program'; name: string };

export type NotAudited = 'no_strace' | 'not_permitted' | 'timed_out' | 'failed' | 'service' | 'one_arm';
export type CaveatCode = keyof CaveatFacts;
export type CaveatOf<Code extends CaveatCode> = { code: Code } & CaveatFacts[Code];
export type Caveat = { [Code in CaveatCode]: CaveatOf<Code> }[CaveatCode];

/** The number of entries that a list keeps. */
const KEPT = 8;

/** One caveat with the first entries of a list and the number of the others; nothing if the list is empty. */
export const listed = <T>(all: readonly T[], caveatOf: (first: T[], more: number) => Caveat): Caveat[] =>
  all.length === 0 ? [] : [caveatOf(all.slice(0, KEPT), Math.max(0, all.length - KEPT))];

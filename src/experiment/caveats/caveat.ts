import type { Amount } from '../judged.ts';

/**
 * The caveats of an accepted change: facts that a reader should check. perf-gate cannot prevent the causes of caveats, and caveats never
 * change the verdict. In JSON, the field `told` contains the caveats. Gains are in per cent of the base. Positive gains are better. A list
 * has only the first entries, and `more` is the number of entries that were left out.
 */
type CaveatFacts = {
  /** The program itself reports the primary metric, and neither wall nor CPU time of the same executions confirms the gain. */
  self_reported_alone: { metric: string; claimed: Amount; wall: Amount; cpu: Amount | null };
  /**
   * The candidate's executions are faster, but its warm-up is slower. `saved`: what each execution saves. `paid`: the additional cost of
   * the candidate's warm-up.
   */
  warm_up_heavier: { metric: string; saved: Amount; paid: Amount };
  /** Setup and build of the candidate take more seconds, or write more bytes, than setup and build of the base. */
  build_grew: { what: 'seconds' | 'bytes'; base: number; candidate: number };
  new_link: { links: { path: string; target: string }[]; more: number };
  new_binary: { paths: string[]; more: number };
  /** New files that an interpreter, a package manager or a shell finds before other files of the same name. */
  shadows: { files: Shadow[]; more: number };
  /** Paths and addresses outside of the arms' copies that the candidate opened, but the base did not. */
  opens_outside: { paths: string[]; more: number };
  starts_other: { programs: string[]; more: number };
  /** The candidate starts more processes than the base. This caveat applies only if the memory of the largest process is judged. */
  starts_more: { base: number; candidate: number };
  /** The added lines of the change contain words that the program prints. */
  answer_in_change: { words: string[]; more: number };
  /** The judged files shrank by `saved` bytes, but all the candidate's files together shrank only by `altogether` bytes. */
  size_elsewhere: { saved: number; altogether: number };
  /** The arms could not be audited, for the reason `why`. */
  not_audited: { why: NotAudited };
  /** The proved gain (`at_least_pct`) is larger than the whole cost of the hotspot (`most_pct`). */
  too_good: { hotspot: string; at_least_pct: number; most_pct: number };
  /** The base's program is unchanged, but its wall time was longer than before, so the candidate's gain looks too large. */
  base_moved_wall: { was: Amount; is: Amount };
};

/** A file, and what the file shadows: a module or package of the same name, a file that Python runs at its start, or a program. */
export type Shadow = { path: string; kind: 'module' | 'startup' | 'package' | 'program'; name: string };

export type NotAudited = 'no_strace' | 'not_permitted' | 'timed_out' | 'failed' | 'service' | 'one_arm';
export type CaveatCode = keyof CaveatFacts;
export type CaveatOf<Code extends CaveatCode> = { code: Code } & CaveatFacts[Code];
export type Caveat = { [Code in CaveatCode]: CaveatOf<Code> }[CaveatCode];

/** The maximum number of entries in a caveat's list. */
const KEPT = 8;

/** Makes one caveat with the first entries of a list and the number of the other entries. Makes no caveat if the list is empty. */
export const listed = <T>(all: readonly T[], caveatOf: (first: T[], more: number) => Caveat): Caveat[] =>
  all.length === 0 ? [] : [caveatOf(all.slice(0, KEPT), Math.max(0, all.length - KEPT))];

import { percent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Caveat, CaveatCode, CaveatOf, NotAudited, Shadow } from '../experiment/caveats/caveat.ts';
import type { Amount } from '../experiment/judged.ts';

type Sentences = { [Code in CaveatCode]: (facts: CaveatOf<Code>) => string };

const sentences: Sentences = {
  self_reported_alone: ({ metric, claimed, wall, cpu }) =>
    `only the number that the program prints shows the gain: ${metric} improved by ${amount(claimed)}, but in the same executions ${witness('wall time', wall)}${cpu ? `, ${witness('CPU time', cpu)}` : ''}`,
  warm_up_heavier: ({ metric, saved, paid }) =>
    `each measured execution saves ${amount(saved)} of ${metric}, but the candidate’s warm-up costs ${amount(paid)} more than the base’s warm-up: work may have moved into the warm-up, which is not measured`,
  build_grew: ({ what, base, candidate }) =>
    what === 'seconds'
      ? `preparing the candidate takes ${quantity(candidate, 's')}, and preparing the base takes ${quantity(base, 's')}: work may have moved into setup or build`
      : `setup and build write ${bytes(candidate)} for the candidate, but ${bytes(base)} for the base: results may be precomputed`,
  new_link: ({ links, more }) =>
    `new links: ${list(
      links.map(({ path, target }) => `${path} → ${target}`),
      more,
    )}`,
  new_binary: ({ paths, more }) => `the change contains binary files, which no diff shows: ${list(paths, more)}`,
  shadows: ({ files, more }) =>
    `new files shadow others: ${list(
      files.map((file) => `${file.path} (${places[file.kind](file.name)})`),
      more,
    )}`,
  opens_outside: ({ paths, more }) =>
    `the candidate opens paths or addresses outside of the project, and the base does not open them: ${list(paths, more)}`,
  starts_other: ({ programs, more }) =>
    `the candidate starts programs that the base does not start: ${list(programs, more)}`,
  starts_more: ({ base, candidate }) =>
    `the candidate starts ${candidate} processes and the base ${base}, and only the memory of the largest process is judged: \`source: tree_rss\` judges their sum`,
  answer_in_change: ({ words, more }) => `the change contains text that the program prints: ${list(words, more)}`,
  size_elsewhere: ({ saved, altogether }) =>
    `the judged files shrank by ${bytes(saved)}, but all files together ${altogether > 0 ? `only by ${bytes(altogether)}` : 'did not shrink'}: the content of the judged files may have moved to other files`,
  not_audited: ({ why }) => `the files and programs that the candidate uses were not audited: ${unaudited[why]}`,
  too_good: ({ hotspot, at_least_pct, most_pct }) =>
    `too good: the gain is at least ${percent(at_least_pct)}, but ${hotspot} and everything that it calls took only ${percent(most_pct)} of the profile`,
  base_moved_wall: ({ was, is }) =>
    `the base’s samples changed, but its program did not: an execution took ${amount(was)} before and ${amount(is)} in the session with this change; the machine became busier, or the change slows the base`,
};

const places: Record<Shadow['kind'], (name: string) => string> = {
  module: (name) => `Python’s module ${name}`,
  startup: (name) => `${name}: Python runs it before every program`,
  package: (name) => `the package ${name}`,
  program: (name) => `the program ${name}`,
};

const unaudited: Record<NotAudited, string> = {
  no_strace: '`strace` is not installed',
  not_permitted: 'this machine does not let `strace` trace a program',
  timed_out: 'the audited execution took too long',
  failed: '`before_each` failed before the audited execution',
  service: 'a service or a load command does the work, not one program',
  one_arm: 'the base was not measured in the same session as the candidate',
};

/** A caveat in words, such as `shadows: new files shadow others: json.py (Python’s module json)`. */
export const caveatLine = (caveat: Caveat): string => `${caveat.code}: ${caveatText(caveat)}`;

/** A caveat as JSON output contains it: its data, with its sentence. */
export const withText = <T extends Caveat>(caveat: T): T & { text: string } => ({
  ...caveat,
  text: caveatText(caveat),
});

const caveatText = (caveat: Caveat): string => (sentences[caveat.code] as (facts: Caveat) => string)(caveat);

function amount({ value, unit }: Amount): string {
  if (value === null) return 'an unknown amount';
  return unit === '%' ? percent(value) : quantity(value, unit);
}

/** `wall time fell by 0.3 %`, or `rose by`. */
function witness(what: string, { value, unit }: Amount): string {
  const size = { value: Math.abs(value ?? 0), unit };
  return `${what} ${(value ?? 0) < 0 ? 'rose' : 'fell'} by ${amount(size)}`;
}

const bytes = (value: number) => quantity(value, 'bytes');

const list = (entries: readonly string[], more: number) =>
  `${entries.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;

import {
  allocations,
  costlyCallees,
  type Found,
  oneCaller,
  ownLines,
  type Place,
  packages,
  severalCallers,
  waiting,
  workOutside,
} from './evidence.ts';

/** A way to make something faster or smaller: when it applies, how much it can gain, and what it costs. */
export type Technique = {
  name: string;
  what: string;
  applies: string;
  /** The largest gain. */
  gives: string;
  costs: string;
  effort: 'small' | 'medium' | 'large';
  risk: 'low' | 'medium' | 'high';
  /** What in a profile points to it. Left out where no profile can show it: then only a person or an agent proposes it. */
  shown?: (place: Place) => Found;
};

/** The usual techniques of speed-ups, cheap ones first. */
export const techniques: readonly Technique[] = [
  {
    name: 'do less',
    what: 'leave out work whose result nobody uses',
    applies:
      'a result that is computed and not read, a check that is made twice, a log line that is formatted and dropped',
    gives: 'all of its share',
    costs: 'nothing, once it is certain that nobody needs it',
    effort: 'small',
    risk: 'low',
    shown: costlyCallees,
  },
  {
    name: 'lazy load',
    what: 'load or compute at the first use, not at the start',
    applies: 'start-up time in modules, tables or configuration that most calls never touch',
    gives: 'the share of what this call does not need',
    costs: 'the first use pays; an error in it shows later',
    effort: 'small',
    risk: 'low',
  },
  {
    name: 'hoist',
    what: 'take out of a loop what is the same in every round',
    applies: 'a pattern compiled, a constant parsed, an object made anew in each round',
    gives: 'its share, less one round',
    costs: 'nothing, where it truly is the same',
    effort: 'small',
    risk: 'low',
    shown: oneCaller,
  },
  {
    name: 'index',
    what: 'a map, a set or a database index instead of a search',
    applies: 'a search through a list inside of a loop; a sequential scan for few rows',
    gives: 'nearly all of its share, more with more data',
    costs: 'memory, and upkeep at every change of the data',
    effort: 'small',
    risk: 'low',
  },
  {
    name: 'cache',
    what: 'keep results that are asked for again',
    applies: 'the same question with the same answer, again and again: measure the hit rate first',
    gives: 'its share times the hit rate, less the cost of the look-up',
    costs: 'memory without a bound unless one is set; stale answers unless they are thrown out at the right time',
    effort: 'small',
    risk: 'medium',
    shown: severalCallers,
  },
  {
    name: 'batch',
    what: 'many in one call instead of one call each',
    applies: 'a query, a request, a write or a system call per element',
    gives: 'the fixed cost of a call, times the calls that are saved',
    costs: 'errors of single elements are harder to tell; the first answer comes later',
    effort: 'medium',
    risk: 'low',
    shown: workOutside,
  },
  {
    name: 'avoid spawn',
    what: 'do in the process what a child process was started for',
    applies: 'a shell, git, jq or an interpreter started for a small thing',
    gives: 'the start of the child, times the children',
    costs: 'a library, or code of our own, must behave alike',
    effort: 'small',
    risk: 'medium',
  },
  {
    name: 'parallelise',
    what: 'wait for independent things at the same time, or compute them on several cores',
    applies: 'waits one after the other that do not need each other; work that can be cut',
    gives: 'down to the longest of them, and no further than the cores for computing',
    costs: 'order, limits and errors must be handled; the other side gets the load at once',
    effort: 'medium',
    risk: 'medium',
    shown: waiting,
  },
  {
    name: 'pool',
    what: 'keep connections, workers or buffers and use them again',
    applies: 'a connection or a worker made for each piece of work',
    gives: 'the cost of making one, times the times it is saved',
    costs: 'a bound on its size, and broken members must be noticed',
    effort: 'medium',
    risk: 'medium',
  },
  {
    name: 'precompile',
    what: 'compute at build time what is the same in every execution',
    applies: 'templates, tables, schemas, generated code',
    gives: 'all of its share',
    costs: 'a build step, and its result must not go stale',
    effort: 'medium',
    risk: 'low',
  },
  {
    name: 'stream',
    what: 'handle piece by piece instead of holding everything',
    applies: 'peak memory; a first answer that waits for the last byte',
    gives: 'memory down to one piece; time to the first result',
    costs: 'no second pass without reading again',
    effort: 'medium',
    risk: 'medium',
  },
  {
    name: 'better algorithm',
    what: 'another order of growth',
    applies: 'nested loops over the same data; sorting or copying again at every step',
    gives: 'nearly all of its share, more with more data',
    costs: 'care with ties, order and edge cases',
    effort: 'medium',
    risk: 'medium',
    shown: ownLines,
  },
  {
    name: 'allocate less',
    what: 'reuse objects, avoid copies, use typed arrays',
    applies: 'much time in garbage collection; short-lived copies in the hot loop',
    gives: 'the share of garbage collection, and what the copies cost',
    costs: 'code that is harder to read; shared objects must not leak between uses',
    effort: 'medium',
    risk: 'medium',
    shown: allocations,
  },
  {
    name: 'replace a dependency',
    what: 'a lighter package, or a part of it, for the same work',
    applies: 'much time or many bytes in one package of which little is used',
    gives: 'what the part that is not needed costs',
    costs: 'other behaviour at the edges',
    effort: 'large',
    risk: 'medium',
    shown: packages,
  },
];

/** A technique for a brief: what it is, what points to it, when it applies, and what it costs. */
export const techniqueLine = ({ technique, shown }: ShownTechnique): string =>
  `${technique.name} (${shown}): ${technique.what}; applies to ${technique.applies}; costs ${technique.costs}`;

/** A technique, and what in the profile points to it. */
export type ShownTechnique = { technique: Technique; shown: string };

/**
 * The techniques that a profile points to at a place, those with the largest share of the whole first. A place's name says nothing. Whether
 * one applies is for the reader to decide.
 */
export function techniquesFor(place: Place, most = 3): ShownTechnique[] {
  const found = techniques.flatMap((technique) => {
    const evidence = technique.shown?.(place);
    return evidence ? [{ technique, shown: evidence.text, pct: evidence.pct }] : [];
  });
  return found
    .sort((a, b) => b.pct - a.pct)
    .slice(0, most)
    .map(({ technique, shown }) => ({ technique, shown }));
}

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

/** A way to make code faster or smaller: when it applies, how much it can gain, and what it costs. */
export type Technique = {
  name: string;
  what: string;
  applies: string;
  /** The largest gain. */
  gives: string;
  costs: string;
  effort: 'small' | 'medium' | 'large';
  risk: 'low' | 'medium' | 'high';
  /**
   * Returns a profile's evidence for the technique. Absent if no profile can show such evidence. Then only a person or an agent can propose
   * the technique.
   */
  shown?: (place: Place) => Found;
};

/** The usual techniques that make programs faster or smaller, cheap ones first. */
export const techniques: readonly Technique[] = [
  {
    name: 'do less',
    what: 'remove work whose result is not used',
    applies:
      'a result that is computed but not read, a check that is made twice, a log line that is formatted and dropped',
    gives: 'all of its share',
    costs: 'nothing, once it is certain that the result is not needed',
    effort: 'small',
    risk: 'low',
    shown: costlyCallees,
  },
  {
    name: 'lazy load',
    what: 'load or compute at the first use instead of at the start',
    applies: 'start-up time in modules, tables or configuration that most calls never use',
    gives: 'the share of the parts that a call does not need',
    costs: 'the first use is slower; its errors appear later',
    effort: 'small',
    risk: 'low',
  },
  {
    name: 'hoist',
    what: 'move work that is the same in every iteration out of the loop',
    applies:
      'a loop that compiles the same pattern, parses the same constant or makes the same object in each iteration',
    gives: 'the share of this work, minus one iteration',
    costs: 'nothing, if the work really is the same',
    effort: 'small',
    risk: 'low',
    shown: oneCaller,
  },
  {
    name: 'index',
    what: 'use a map, a set or a database index instead of a search',
    applies: 'a search through a list inside a loop; a sequential scan for few rows',
    gives: 'nearly all of the hotspot’s share, and more as the data grows',
    costs: 'memory for the index, and an update of the index with every change of the data',
    effort: 'small',
    risk: 'low',
  },
  {
    name: 'cache',
    what: 'keep results that are needed again',
    applies: 'repeated calls with the same arguments and results: measure the hit rate first',
    gives: 'the share of the work times the hit rate, minus the cost of the look-ups',
    costs: 'unlimited memory unless a limit is set; stale results unless they are invalidated in time',
    effort: 'small',
    risk: 'medium',
    shown: severalCallers,
  },
  {
    name: 'batch',
    what: 'handle many elements in one call instead of one call for each',
    applies: 'a query, a request, a write or a system call per element',
    gives: 'the fixed cost of a call, times the number of saved calls',
    costs: 'errors of single elements are harder to identify; the first result comes later',
    effort: 'medium',
    risk: 'low',
    shown: workOutside,
  },
  {
    name: 'avoid spawn',
    what: 'do the work of a child process in the process itself',
    applies: 'a shell, git, jq or an interpreter that is started for a small task',
    gives: 'the start-up time of a child process, times the number of processes',
    costs: 'a library, or new code, must behave in the same way',
    effort: 'small',
    risk: 'medium',
  },
  {
    name: 'parallelise',
    what: 'wait for independent operations at the same time, or compute on several cores',
    applies: 'consecutive waits that do not depend on each other; work that can be divided',
    gives: 'for waits, all but the longest one; for computing, at most a speed-up by the number of cores',
    costs: 'order, limits and errors must be handled; the server or disk gets all the load at once',
    effort: 'medium',
    risk: 'medium',
    shown: waiting,
  },
  {
    name: 'pool',
    what: 'keep connections, workers or buffers and reuse them',
    applies: 'a connection or a worker that is made for each task',
    gives: 'the cost of making an object, times the number of reuses',
    costs: 'the number of kept objects must be limited, and broken objects must be detected',
    effort: 'medium',
    risk: 'medium',
  },
  {
    name: 'precompile',
    what: 'compute at build time the results that are the same in every execution',
    applies: 'templates, tables, schemas, generated code',
    gives: 'all of its share',
    costs: 'a build step, whose result must be kept up to date',
    effort: 'medium',
    risk: 'low',
  },
  {
    name: 'stream',
    what: 'process data piece by piece instead of all at once',
    applies: 'peak memory; a first result that waits for the last byte of input',
    gives: 'peak memory falls to the size of one piece; the first result comes earlier',
    costs: 'a second pass must read the data again',
    effort: 'medium',
    risk: 'medium',
  },
  {
    name: 'better algorithm',
    what: 'use an algorithm of lower complexity',
    applies: 'nested loops over the same data; sorting or copying again at every step',
    gives: 'nearly all of the hotspot’s share, and more as the data grows',
    costs: 'care with ties, order and edge cases',
    effort: 'medium',
    risk: 'medium',
    shown: ownLines,
  },
  {
    name: 'allocate less',
    what: 'reuse objects, avoid copies, use typed arrays',
    applies: 'much time in garbage collection; short-lived copies in the hot loop',
    gives: 'the share of garbage collection, and the cost of the copies',
    costs: 'code that is harder to read; shared objects must not leak between uses',
    effort: 'medium',
    risk: 'medium',
    shown: allocations,
  },
  {
    name: 'replace a dependency',
    what: 'use a lighter package, or only a part of it, for the same work',
    applies: 'much time or many bytes in a package of which little is used',
    gives: 'the cost of the parts that are not needed',
    costs: 'different behaviour in edge cases',
    effort: 'large',
    risk: 'medium',
    shown: packages,
  },
];

/** A technique as a line for a brief: its name, the evidence for it, when the technique applies, and what it costs. */
export const techniqueLine = ({ technique, shown }: ShownTechnique): string =>
  `${technique.name} (${shown}): ${technique.what}; applies to ${technique.applies}; costs ${technique.costs}`;

/** A technique, and the evidence for it in the profile. */
export type ShownTechnique = { technique: Technique; shown: string };

/**
 * The techniques for which a hotspot's profile gives evidence. Techniques whose evidence has the largest share of the profile's total come
 * first. The hotspot's name is not used. The reader decides whether a technique applies.
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

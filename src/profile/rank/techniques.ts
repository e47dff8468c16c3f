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
  /** Words in the name of a function, a file, a span or a table that suggest it. */
  signs: RegExp;
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
    signs: /log|debug|trace|valid|check|format/i,
  },
  {
    name: 'lazy load',
    what: 'load or compute at the first use, not at the start',
    applies: 'start-up time in modules, tables or configuration that most calls never touch',
    gives: 'the share of what this call does not need',
    costs: 'the first use pays; an error in it shows later',
    effort: 'small',
    risk: 'low',
    signs: /require|import|module|init|setup|boot|register|startup/i,
  },
  {
    name: 'hoist',
    what: 'take out of a loop what is the same in every round',
    applies: 'a pattern compiled, a constant parsed, an object made anew in each round',
    gives: 'its share, less one round',
    costs: 'nothing, where it truly is the same',
    effort: 'small',
    risk: 'low',
    signs: /regexp|compile|parse|new|create|split|stringify/i,
  },
  {
    name: 'index',
    what: 'a map, a set or a database index instead of a search',
    applies: 'a search through a list inside of a loop; a sequential scan for few rows',
    gives: 'nearly all of its share, more with more data',
    costs: 'memory, and upkeep at every change of the data',
    effort: 'small',
    risk: 'low',
    signs: /find|search|includes|indexof|lookup|filter|join|match|scan|contains/i,
  },
  {
    name: 'cache',
    what: 'keep results that are asked for again',
    applies: 'the same question with the same answer, again and again: measure the hit rate first',
    gives: 'its share times the hit rate, less the cost of the look-up',
    costs: 'memory without a bound unless one is set; stale answers unless they are thrown out at the right time',
    effort: 'small',
    risk: 'medium',
    signs: /get|fetch|read|load|resolve|compute|stat|quer(?:y|ies)|facts/i,
  },
  {
    name: 'batch',
    what: 'many in one call instead of one call each',
    applies: 'a query, a request, a write or a system call per element',
    gives: 'the fixed cost of a call, times the calls that are saved',
    costs: 'errors of single elements are harder to tell; the first answer comes later',
    effort: 'medium',
    risk: 'low',
    signs: /quer(?:y|ies)|insert|write|send|request|fetch|append|exec|select|\bdb\b|sql|database|http/i,
  },
  {
    name: 'avoid spawn',
    what: 'do in the process what a child process was started for',
    applies: 'a shell, git, jq or an interpreter started for a small thing',
    gives: 'the start of the child, times the children',
    costs: 'a library, or code of our own, must behave alike',
    effort: 'small',
    risk: 'medium',
    signs: /spawn|exec|fork|system|subprocess|popen|shell/i,
  },
  {
    name: 'parallelise',
    what: 'wait for independent things at the same time, or compute them on several cores',
    applies: 'waits one after the other that do not need each other; work that can be cut',
    gives: 'down to the longest of them, and no further than the cores for computing',
    costs: 'order, limits and errors must be handled; the other side gets the load at once',
    effort: 'medium',
    risk: 'medium',
    signs: /await|wait|sequential|each|series|load|fetch|worker|assemble|context/i,
  },
  {
    name: 'pool',
    what: 'keep connections, workers or buffers and use them again',
    applies: 'a connection or a worker made for each piece of work',
    gives: 'the cost of making one, times the times it is saved',
    costs: 'a bound on its size, and broken members must be noticed',
    effort: 'medium',
    risk: 'medium',
    signs: /connect|handshake|open|socket|worker|buffer|alloc|\bdb\b|sql|database/i,
  },
  {
    name: 'precompile',
    what: 'compute at build time what is the same in every execution',
    applies: 'templates, tables, schemas, generated code',
    gives: 'all of its share',
    costs: 'a build step, and its result must not go stale',
    effort: 'medium',
    risk: 'low',
    signs: /template|schema|compile|grammar|parse|generate|transform/i,
  },
  {
    name: 'stream',
    what: 'handle piece by piece instead of holding everything',
    applies: 'peak memory; a first answer that waits for the last byte',
    gives: 'memory down to one piece; time to the first result',
    costs: 'no second pass without reading again',
    effort: 'medium',
    risk: 'medium',
    signs: /readfile|concat|buffer|join|collect|toarray|readall|fetchall/i,
  },
  {
    name: 'better algorithm',
    what: 'another order of growth',
    applies: 'nested loops over the same data; sorting or copying again at every step',
    gives: 'nearly all of its share, more with more data',
    costs: 'care with ties, order and edge cases',
    effort: 'medium',
    risk: 'medium',
    signs: /sort|loop|walk|diff|compare|distance|permut|merge|recurs/i,
  },
  {
    name: 'allocate less',
    what: 'reuse objects, avoid copies, use typed arrays',
    applies: 'much time in garbage collection; short-lived copies in the hot loop',
    gives: 'the share of garbage collection, and what the copies cost',
    costs: 'code that is harder to read; shared objects must not leak between uses',
    effort: 'medium',
    risk: 'medium',
    signs: /gc|garbage|alloc|copy|clone|slice|concat|spread|map/i,
  },
  {
    name: 'replace a dependency',
    what: 'a lighter package, or a part of it, for the same work',
    applies: 'much time or many bytes in one package of which little is used',
    gives: 'what the part that is not needed costs',
    costs: 'other behaviour at the edges',
    effort: 'large',
    risk: 'medium',
    signs: /node_modules|vendor|site-packages/i,
  },
];

/** A technique for a brief: what it is, when it applies, and what it costs. */
export const techniqueLine = ({ name, what, applies, costs }: Technique): string =>
  `${name}: ${what}; applies to ${applies}; costs ${costs}`;

/** The techniques that the name of a place suggests, best first. Whether one applies is for the reader to decide. */
export function techniquesFor(place: string, most = 3): Technique[] {
  const hits = ({ signs }: Technique) => [...place.matchAll(new RegExp(signs, 'gi'))].length;
  const found = techniques.map((technique) => ({ technique, hits: hits(technique) })).filter((each) => each.hits > 0);
  return found
    .sort((a, b) => b.hits - a.hits)
    .slice(0, most)
    .map((each) => each.technique);
}

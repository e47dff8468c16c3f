import type { Frame, Profile } from '../model.ts';

/** Names of anonymous functions in various languages. */
const anonymous = /^(|\(?anonymous\)?|<anonymous>|<lambda>|<(?:list|dict|set)comp>|<genexpr>)$/;

/**
 * The name that profilers give to a Python module’s own code. The module's code encloses everything in its file, so it is the last choice.
 */
const module = '<module>';

/** Compilers' names for anonymous functions. A pattern's groups, joined, are the name of the enclosing function. */
const named: readonly RegExp[] = [
  /^(.+)\.<locals>\.<\w+>$/, // Python: parse.<locals>.<lambda>
  /^(.+?)\.(?:func|gowrap|deferwrap)\d+(?:[.-].*)?$/, // Go: main.parse.func1
  /^(.+?)::\{+closure(?:_env)?(?:#\d+)?\}+.*$/, // Rust: app::parse::{{closure}}
  /^(?:block|rescue|ensure) (?:\(\d+ levels\) )?in (.+)$/, // Ruby
  /^(.*[./])lambda\$(\w+)\$\d+.*$/, // Java: app/Parser.lambda$parse$0
  /^(.+?)::\{lambda\(.*\)#\d+\}.*$/, // C++
];

/**
 * The named function around an anonymous function, if the stack shows the named function. Undefined if the given function has its own name,
 * or if no function encloses it. In this way a function and the callback in its `list.sort((a, b) => …)` are one hotspot instead of two.
 */
export function enclosing(profile: Profile, at: number): number | undefined {
  const inner = frameAt(profile, at);
  if (anonymous.test(inner.function)) return byPlace(profile, at, inner);
  const name = named.map((pattern) => pattern.exec(inner.function)).find((match) => match !== null);
  return name ? byName(profile, at, name.slice(1).join('')) : undefined;
}

const frameAt = ({ frames, nodes }: Profile, at: number): Frame => frames[nodes[at]!.frame]!;

function byName(profile: Profile, at: number, name: string): number | undefined {
  for (let i = profile.nodes[at]!.parent; i !== -1; i = profile.nodes[i]!.parent) {
    const { function: caller, kind } = frameAt(profile, i);
    // Java names a lambda inside parse(String) `lambda$parse$0`, without the types
    if (kind === 'project' && (caller === name || caller.startsWith(`${name}(`))) return profile.nodes[i]!.frame;
  }
  return undefined;
}

/**
 * Looks for the enclosing function among the callers in the same file. The caller that begins on the nearest line before the given function
 * encloses this function. Profilers of Python sometimes give the line that ran instead of a function's first line. If for this reason only
 * a module seems to enclose the given function, the nearest caller is taken.
 */
function byPlace(profile: Profile, at: number, inner: Frame): number | undefined {
  let [best, nearest, whole]: (number | undefined)[] = [];
  for (let i = profile.nodes[at]!.parent; i !== -1; i = profile.nodes[i]!.parent) {
    const index = profile.nodes[i]!.frame;
    const frame = profile.frames[index]!;
    if (frame.file !== inner.file || anonymous.test(frame.function)) continue;
    if (frame.function === module) whole ??= index;
    else {
      nearest ??= index;
      if (begins(frame, inner) && (best === undefined || begins(profile.frames[best]!, frame, false))) best = index;
    }
  }
  // a comprehension runs in the function that contains it, so its caller is that function
  if (/comp>$/.test(inner.function)) return nearest ?? whole;
  return best ?? (whole === undefined ? undefined : (nearest ?? whole));
}

/**
 * Whether `a` begins before `b`: on an earlier line, or on the same line at an earlier column. `orThere`: the result if both lines are
 * equal and a column is unknown.
 */
function begins(a: Frame, b: Frame, orThere = true): boolean {
  if (a.line === null || b.line === null) return false;
  if (a.line !== b.line) return a.line < b.line;
  if (a.column === null || b.column === null) return orThere;
  return a.column < b.column;
}

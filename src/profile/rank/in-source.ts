/**
 * Languages in which a function’s name always occurs in its source file. In other languages, some functions do not occur in the source,
 * such as generated getters.
 */
const named = /\.(?:py|pyx|c|cc|cpp|cxx|h|hh|hpp|hxx|rs)$/;

const identifier = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** Names that cannot be found in a source text: operators, and mangled names. */
const unspeakable = /^_(?:Z|R)|\boperator\b/;

/** Names in standard libraries. In a profile, inlined code of these functions sometimes has lines of the project’s files. */
const standard = /^(?:std|core|alloc|__gnu_cxx)::/;

/**
 * Suffixes that compilers and profilers add to names: `parse.part.0`, `parse [clone .cold]`, `parse@plt`, `parse'2` (callgrind: a
 * recursion).
 */
const added = /(?:\.(?:part|constprop|isra|cold|lto_priv|llvm)\b.*| \[clone .*|@.*|'\d+)$/;

/** A function’s qualified name, such as `Grid::fill`. Empty for an anonymous function, or if the source may spell the name differently. */
export function spokenName(name: string): string {
  if (unspeakable.test(name)) return '';
  const plain = name.replace(/\(anonymous namespace\)|\{+[^}]*\}+|::h[0-9a-f]{16}$/g, '');
  let rest = plain.replace(/(?:\.<\w+>)+$/, '').split('(')[0]!;
  // removes types in angle brackets, also nested ones
  for (let outer = ''; outer !== rest; ) {
    outer = rest;
    rest = rest.replace(/<[^<>]*>/g, '');
  }
  const spoken = rest.replace(added, '').trim().split(/\s+/).at(-1)!;
  return /^[\p{L}\p{N}_.:~]*$/u.test(spoken) ? spoken : '';
}

/**
 * Whether a file may hold a function, by the identifiers in its text. If a macro built the name, such as `Suite_works_Test::TestBody`, only
 * parts of the name occur in the text. True also if `words` is empty, as for a file that could not be read.
 */
export function mayHold(path: string, words: ReadonlySet<string>, name: string): boolean {
  if (!named.test(path) || words.size === 0) return true;
  const spoken = spokenName(name);
  if (standard.test(spoken)) return false;
  const wanted = spoken.match(identifier)?.at(-1);
  if (wanted === undefined || words.has(wanted)) return true;
  const parts = path.endsWith('.py') ? [] : spoken.split(/_+|\W+/);
  return parts.filter((part) => words.has(part)).length > 1;
}

/** The identifiers in a text. */
export const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(identifier));

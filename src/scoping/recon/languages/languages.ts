import type { Machine } from '../../machine.ts';
import { emptyFinding, type Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';
import { dart } from './dart.ts';
import { go } from './go.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import { rust } from './rust.ts';

/**
 * `detect` reads the language's manifest, and returns undefined for a project without this manifest. `sources` matches the language's
 * source files.
 */
type Language = { detect: (tree: Tree, machine: Machine) => Finding | undefined; sources: RegExp };

/** To add a language, add a file to this folder and a row here. */
const languages: readonly Language[] = [
  { detect: node, sources: /\.[cm]?[jt]sx?$/ },
  { detect: python, sources: /\.py$/ },
  { detect: rust, sources: /\.rs$/ },
  { detect: go, sources: /\.go$/ },
  { detect: dart, sources: /\.dart$/ },
  { detect: compiled('c'), sources: /\.[ch]$/ },
  { detect: compiled('c++'), sources: /\.(cc|cpp|cxx|hh|hpp|hxx)$/ },
];

/** C and C++ have no manifest of their own. For them, the files of a build tool together with source files count as a manifest. */
function compiled(language: 'c' | 'c++'): Language['detect'] {
  return (tree) => {
    const builder = ['CMakeLists.txt', 'Makefile', 'makefile', 'GNUmakefile', 'meson.build', 'configure.ac'].find((f) =>
      tree.has(f),
    );
    const source = language === 'c' ? /\.c$/ : /\.(cc|cpp|cxx)$/;
    return builder !== undefined && tree.files.some((f) => source.test(f)) ? emptyFinding(language) : undefined;
  };
}

/**
 * One finding for each language that has a manifest. The language with the most source files comes first. A language that has a manifest
 * but no source file counts only if no other language is found.
 */
export function detectLanguages(tree: Tree, machine: Machine): Finding[] {
  return languages
    .flatMap(({ detect, sources }) => {
      const finding = detect(tree, machine);
      return finding ? [{ finding, count: tree.files.filter((file) => sources.test(file)).length }] : [];
    })
    .sort((a, b) => b.count - a.count)
    .filter(({ count }, _, all) => count > 0 || all[0]!.count === 0)
    .map(({ finding }) => finding);
}

const byExtension: readonly [pattern: RegExp, language: string][] = [
  [/\.(c|h)$/, 'c'],
  [/\.(cc|cpp|cxx|hpp)$/, 'c++'],
  [/\.java$/, 'java'],
  [/\.rb$/, 'ruby'],
  [/\.(sh|bash)$/, 'shell'],
  [/\.py$/, 'python'],
  [/\.[cm]?js$/, 'javascript'],
  [/\.ts$/, 'typescript'],
];

/** The language with the most files, for projects without a manifest. Null when no file has a known extension. */
export function languageByExtension(tree: Tree): string | null {
  const counted = byExtension.map(([pattern, language]) => ({
    language,
    count: tree.files.filter((file) => pattern.test(file)).length,
  }));
  const top = counted.sort((a, b) => b.count - a.count)[0];
  return top && top.count > 0 ? top.language : null;
}

import type { Tree } from './tree.ts';

/**
 * The names of test files, by the conventions of languages and test runners. A file with such a name is a test even if the project has no
 * manifest of the language.
 */
const conventions: readonly { name: RegExp; globs: readonly string[] }[] = [
  { name: /\.(test|spec)\.\w+$/, globs: ['**/*.{test,spec}.*'] },
  // files that `node --test` finds
  { name: /(^|\/)test-[^/]*\.[cm]?[jt]s$/, globs: ['**/test-*.{js,mjs,cjs,ts,mts,cts}'] },
  { name: /[-_]test\.[cm]?[jt]s$/, globs: ['**/*{-,_}test.{js,mjs,cjs,ts,mts,cts}'] },
  { name: /(^|\/)(test_[^/]*|[^/]*_test)\.py$/, globs: ['**/test_*.py', '**/*_test.py'] },
  { name: /(^|\/)tests\.py$/, globs: ['**/tests.py'] },
  { name: /_test\.go$/, globs: ['**/*_test.go'] },
  { name: /_test\.dart$/, globs: ['**/*_test.dart'] },
  { name: /_(spec|test)\.rb$/, globs: ['**/*_{spec,test}.rb'] },
  { name: /_test\.exs$/, globs: ['**/*_test.exs'] },
  { name: /[^/]Tests?\.(java|kt|scala|cs|php|swift)$/, globs: ['**/*{Test,Tests}.{java,kt,scala,cs,php,swift}'] },
  { name: /(^|\/)test_[^/]*\.(c|cc|cpp)$|_test\.(c|cc|cpp)$/, globs: ['**/test_*.{c,cc,cpp}', '**/*_test.{c,cc,cpp}'] },
];

const folders = ['test', 'tests', '__tests__', 'spec', 'e2e'];

/** Globs of the tests of a project: test folders, and test files by the conventions of their languages. */
export function testGlobs({ files }: Tree): string[] {
  const isIn = (dir: string) => files.some((f) => f.startsWith(`${dir}/`));
  const isBelow = (dir: string) => files.some((f) => f.includes(`/${dir}/`));
  return [
    ...conventions.filter(({ name }) => files.some((f) => name.test(f))).flatMap(({ globs }) => globs),
    ...folders.filter(isIn).map((dir) => `${dir}/**`),
    ...folders.filter(isBelow).map((dir) => `**/${dir}/**`),
    ...files.filter((f) => /^tests?\.\w+$/.test(f)),
  ];
}

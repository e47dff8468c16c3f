import { posix } from 'node:path';
import { folderOf, type Source, targetsOf } from './source.ts';

/** Folders of `test/` that stand beside the mirror of `src/`. */
const beside = [
  'architecture',
  'benchmarks',
  'claude',
  'crash',
  'docs',
  'domains',
  'fuzz',
  'helpers',
  'plugin',
  'trust',
];

/** Helpers that run the real command; a test of what a feature does for a person may go through them. */
const commands = ['test/helpers/cli.ts', 'test/helpers/call.ts'];

/** The files of `src/`, and the helpers of tests, that a test needs: also by way of other helpers. */
function needsOf(test: Source, tests: Map<string, Source>): Set<string> {
  const needs = new Set(targetsOf(test));
  for (const path of needs) {
    const helper = tests.get(path);
    if (helper) for (const target of targetsOf(helper)) needs.add(target);
  }
  return needs;
}

/** `test/x/` tests `src/x/`. `sources` are the paths of `src/`. */
export const mirrors = (sources: string[]) => {
  const rooms = new Set(sources.flatMap((path) => parentsOf(posix.dirname(path).replace(/^src\//, ''))));
  return (tests: Source[]): string[] => {
    const known = new Map(tests.map((test) => [test.path, test]));
    return tests.flatMap((test) => {
      const folder = folderOf(test.path);
      if (beside.includes(folder)) return [];
      const room = posix.dirname(test.path).replace(/^test\/?/, '');
      if (!rooms.has(room)) return [`${test.path}: there is no src/${room} that it could test`];
      const needs = [...needsOf(test, known)];
      const fits = needs.some((path) => path.startsWith(`src/${folder}/`) || commands.includes(path));
      return fits || !test.path.endsWith('.test.ts') ? [] : [`${test.path}: tests nothing of src/${folder}`];
    });
  };
};

/** `profile/rank` → `profile`, `profile/rank`. */
const parentsOf = (folder: string): string[] =>
  folder.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));

import { matchesProtected } from '../contract/protects.ts';
import type { Contract } from '../contract/schema/contract.ts';
import { ignoredIn } from '../git/ignored.ts';
import { isReported } from '../measure/sources/sources.ts';
import { anyMachine } from './machine.ts';
import { globsOf } from './recon/benchmarks.ts';
import { follow, type Part } from './recon/reading/follow.ts';
import { type Recon, recon } from './recon/recon.ts';
import { readTree } from './recon/tree.ts';

/** Lock files of package managers, at the root or in a package. `unprotected: [lockfile]` excludes all of them. */
const lockfiles = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  ...['Cargo.lock', 'go.sum', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'Gemfile.lock', 'composer.lock'],
].map((name) => `**/${name}`);

type Row = { line: RegExp; files: readonly string[] };

/**
 * Programs that read settings files even if no command names these files. Such a file is protected even if it does not exist yet, because a
 * new settings file also changes what the program does.
 */
const packageManagers: readonly Row[] = [
  { line: /\b(npm|npx|pnpm|yarn|bun)\b/, files: ['**/.npmrc', '**/.yarnrc*', '**/.pnpmfile.cjs', '**/bunfig.toml'] },
  { line: /\b(npm|pnpm|yarn|bun) (ci|i|install)\b/, files: ['package.json', ...lockfiles] },
  { line: /\b(pip|uv|poetry|pipenv|bundle|composer|cargo|go)\b/, files: lockfiles },
];

const testRunners: readonly Row[] = [
  { line: /\bvitest\b/, files: ['**/vitest.{config,workspace}.*', '**/vite.config.*'] },
  { line: /\bjest\b/, files: ['**/jest.config.*', 'package.json'] },
  { line: /\b(mocha|ava|tap|nyc|c8)\b/, files: ['**/.mocharc.*', '**/ava.config.*', '**/.taprc', 'package.json'] },
  {
    line: /\b(python[\d.]*|py\.?test|tox|nox)\b/,
    files: [
      ...['**/conftest.py', '**/sitecustomize.py', '**/usercustomize.py', 'noxfile.py'],
      ...['pytest.ini', '.pytest.ini', 'tox.ini', 'setup.cfg', 'pyproject.toml'],
    ],
  },
  { line: /\bcargo\b/, files: ['**/.cargo/config*', 'rust-toolchain*'] },
  { line: /\bgo test\b/, files: ['go.mod'] },
  { line: /\b(rspec|rake)\b/, files: ['.rspec', 'Rakefile'] },
  { line: /\bphpunit\b/, files: ['phpunit.xml*'] },
];

/**
 * Patterns, relative to the project, of the files that decide what the contract's commands do. A fix that changed such a file could change
 * the measurement instead of the program. Therefore perf-gate protects these files in addition to those in `guards.protected`. The patterns
 * protect the files, scripts and makefiles that the commands name, the settings of the test runners, the existing tests, and the benchmarks
 * that the repro runs.
 *
 * The measured program is not protected, because a repro that is timed from outside can name the very file to be optimised. Files that git
 * ignores are not protected if the contract has a setup or a build, because these commands make such files. `guards.unprotected` excludes
 * further files.
 */
export async function sealedByDefault(contract: Contract, project: string): Promise<string[]> {
  const tree = readTree(project);
  const { repro, guards, metrics } = contract;
  const folder = repro.cwd === '.' ? '' : `${repro.cwd.replace(/\/+$/, '')}/`;
  const partsOf = (command: string | undefined) =>
    command ? follow(command, tree, folder, ({ kind }) => kind === 'entry') : [];
  const tests = partsOf(guards.correctness);
  const asked = [repro.setup, repro.build, repro.before_each].flatMap(partsOf);
  const timed = [partsOf(repro.script), partsOf(repro.service?.start)];
  const reported = repro.load === undefined && isReported(metrics.primary.source);
  const kept = timed.flatMap((parts) => (reported ? parts : withoutProgram(parts)));
  const all = [...tests, ...asked, ...timed.flat()];
  const measured = new Set(filesOf(follow(repro.script, tree, folder)));
  const found = [
    // the measured program is not protected, even if a test command calls it
    ...filesOf(tests).filter((file) => !measured.has(file)),
    ...filesOf([...asked, ...kept]),
    ...settingsOf(all, packageManagers),
    ...settingsOf(tests, testRunners),
    ...matchesProtected(
      tree.files,
      usualPlaces(recon(project, anyMachine, tree), { tests: tests.length > 0, measured }),
    ),
  ];
  const out = (guards.unprotected ?? []).flatMap((name) => (name === 'lockfile' ? lockfiles : [name]));
  const letOut = new Set(matchesProtected(found, out));
  const isMade = repro.setup || repro.build ? await ignoredIn(project) : () => false;
  const left = [...new Set(found)].filter((path) => !letOut.has(path) && !out.includes(path) && !isMade(path)).sort();
  return [...left, ...out.map((pattern) => `!${pattern}`)];
}

/** Leaves out the program of a command line: the first file in the line that is not a shell script. */
function withoutProgram(parts: readonly Part[]): Part[] {
  const program = parts.find(({ kind, shell }) => kind === 'program' && !shell);
  return parts.filter((part) => part !== program);
}

const filesOf = (parts: readonly Part[]) => parts.flatMap(({ file }) => (file === null ? [] : [file]));

const settingsOf = (parts: readonly Part[], rows: readonly Row[]) =>
  rows.filter(({ line }) => parts.some((part) => isLine(part) && line.test(part.text))).flatMap(({ files }) => files);

const isLine = ({ kind }: Part) => kind === 'command' || kind === 'entry';

/**
 * Patterns of the tests, if the contract has a command for tests, and of the benchmarks that the repro runs. Other benchmark folders,
 * such as `perf`, are left out, because they may hold the measured program. Only existing files are protected, because a fix is allowed
 * to add a test.
 */
function usualPlaces(
  { protected: patterns, existing_benchmarks }: Recon,
  { tests, measured }: { tests: boolean; measured: ReadonlySet<string> },
): string[] {
  const runs = (path: string) => [...measured].some((file) => file === path || file.startsWith(path));
  const others = globsOf(existing_benchmarks.filter((path) => !runs(path)));
  const ours = globsOf(existing_benchmarks.filter(runs));
  return tests ? patterns.filter((pattern) => !others.includes(pattern)) : ours;
}

import type { Machine } from '../../machine.ts';
import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import { altersRepository } from '../reading/alters.ts';
import { fixedTime, harnessOf } from '../reading/harness.ts';
import type { Tree } from '../tree.ts';
import { pytestBenchmarks } from './pytest-benchmark.ts';
import { environmentOf, pythonPath } from './python-environment.ts';
import { asvBenchmarks, pyperfBench } from './python-harness.ts';

const manifestFiles = [
  'pyproject.toml',
  'requirements.txt',
  'requirements-dev.txt',
  'setup.py',
  'setup.cfg',
  'Pipfile',
  'tox.ini',
  'noxfile.py',
];
const otherManifest = /^(package\.json|Cargo\.toml|go\.mod|CMakeLists\.txt|(GNUm|m|M)akefile|meson\.build)$/;
const knownTools = [
  'pytest-benchmark',
  'pytest',
  'scipy',
  'numpy',
  'py-spy',
  'asv',
  'pyperf',
  'django',
  'fastapi',
  'flask',
];

/** Finds Python by pyproject.toml, requirements.txt and similar files. Without these files, finds Python by programs at the root. */
export function python(tree: Tree, machine: Machine): Finding | undefined {
  const present = manifestFiles.filter((file) => tree.has(file));
  const isBare = present.length === 0;
  if (isBare && !(tree.files.some((f) => /^[^/]+\.py$/.test(f)) && !tree.files.some((f) => otherManifest.test(f))))
    return undefined;
  const text = present.map((file) => tree.read(file)).join('\n');
  const tools = knownTools.filter((tool) => new RegExp(`(^|[^\\w-])${tool}(?![\\w-])`, 'im').test(text));
  const { manager, python, setup } = environmentOf(tree, { text, tools, machine });
  const tests = tree.files.filter((f) => /(^|\/)(test_[^/]*|[^/]*_test|tests)\.py$/.test(f));
  const version = tree.read('.python-version').trim() || /requires-python\s*=\s*["']([^"']+)/.exec(text)?.[1] || '3';
  return {
    ...emptyFinding('python'),
    runtime: `python ${version}`,
    package_manager: manager,
    candidates: [
      ...(tools.includes('pytest-benchmark') ? pytestBenchmarks(tree, tests, python) : []),
      ...asvBenchmarks(tree, python),
      ...benchFiles(tree, python),
      ...programs(tree, text, python),
    ],
    test_command: testCommand(tree, { tests, tools, python }),
    setup_command: setup,
    env: pythonPath(tree),
    tools,
  };
}

type Tests = { tests: readonly string[]; tools: readonly string[]; python: string };

/**
 * The command that runs the tests: with pytest if the project or a test uses pytest, or if no test imports unittest. In all other cases
 * with unittest. The command is null if the project has neither tests nor pytest.
 */
function testCommand(tree: Tree, { tests, tools, python }: Tests): string | null {
  if (tools.includes('pytest')) return `${python} -m pytest -q`;
  if (tests.length === 0) return null;
  const isUnittest = tests.slice(0, 20).some((f) => /^\s*(import|from)\s+unittest\b/m.test(tree.read(f)));
  const usesPytest = tests.slice(0, 20).some((f) => /^\s*(import|from)\s+pytest\b/m.test(tree.read(f)));
  const folder = /^(tests?)\//.exec(tests[0]!)?.[1];
  if (!isUnittest || usesPytest) return `${python} -m pytest -q`;
  return `${python} -m unittest discover${folder ? ` -s ${folder} -t .` : ''}`;
}

const named =
  /^(bench|benches|benchmarks?|perf|performance)\/([^/]+\/)?[^/]+\.py$|(^|\/)(bench(mark)?s?|perf)([_-]?\w*)?\.py$|_(bench|benchmark|perf)\.py$/i;
const noProgram = /(^|\/)(test_[^/]*|[^/]*_test|conftest|__init__|setup)\.py$/;

/**
 * Files that are named like a benchmark and do something when run. Files of asv and pytest are left out, because they only define
 * functions.
 */
function benchFiles(tree: Tree, python: string): Candidate[] {
  return tree.files
    .filter((f) => named.test(f) && !noProgram.test(f) && isProgram(tree.read(f)))
    .slice(0, 8)
    .flatMap((f): Candidate[] => {
      const command = `${python} ${f}`;
      if (altersRepository(command, tree) !== null) return [];
      const tool = harnessOf(command, tree);
      const source = tree.read(f);
      if (tool === 'pyperf' && /\bRunner\(/.test(source)) return [pyperfBench(f, source, python)];
      return [{ command, kind: 'bench', found_in: f, ...(tool ? { caution: fixedTime(tool) } : {}) }];
    });
}

/** Whether running the file does something, because the file has a main guard, or statements at its top level. */
const isProgram = (text: string) =>
  /^if\s+__name__\s*==/m.test(text) ||
  /^(for|while|with)\s/m.test(text) ||
  text.split('\n').some((line) => /^[A-Za-z_][\w.]*\(/.test(line) || /^\w+\s*=\s*time\./.test(line)) ||
  text.trim() === '';

/** The command line programs of the project. */
function programs(tree: Tree, text: string, python: string): Candidate[] {
  const scripts = /^\[(?:project|tool\.poetry)\.scripts\]\s*\n((?:[^[\n].*\n?|\n)*)/m.exec(text)?.[1] ?? '';
  return [...scripts.matchAll(/^\s*["']?([\w.-]+)["']?\s*=\s*["']([\w.]+):([\w.]+)["']/gm)]
    .slice(0, 3)
    .map(([, name = '', module = '', call = '']): Candidate => {
      const folder = module.replace(/\.__main__$/, '');
      const path = folder.replaceAll('.', '/');
      const main = [`${path}/__main__.py`, `src/${path}/__main__.py`].some((f) => tree.has(f));
      const command = main
        ? `${python} -m ${folder} --help`
        : `${python} -c 'from ${module} import ${call}; ${call}()' --help`;
      return { command, kind: 'start', found_in: `pyproject.toml, scripts.${name}` };
    });
}

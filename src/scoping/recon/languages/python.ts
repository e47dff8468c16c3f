import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';

const manifestFiles = [
  'pyproject.toml',
  'requirements.txt',
  'requirements-dev.txt',
  'setup.py',
  'setup.cfg',
  'Pipfile',
];
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

/** For each lock file: the package manager, the prefix of its commands, and how to install exactly the locked versions. */
const managers = [
  { lock: 'uv.lock', name: 'uv', prefix: 'uv run ', install: 'uv sync --frozen' },
  { lock: 'poetry.lock', name: 'poetry', prefix: 'poetry run ', install: 'poetry install' },
  { lock: 'Pipfile.lock', name: 'pipenv', prefix: 'pipenv run ', install: 'pipenv sync' },
];
// pip has no lock file: the arms get a copy of the installed environment
const pip = { name: 'pip', prefix: '', install: null };

/** Python, from pyproject.toml, requirements.txt and similar files. */
export function python(tree: Tree): Finding | undefined {
  const present = manifestFiles.filter((file) => tree.has(file));
  if (present.length === 0) return undefined;
  const text = present.map((file) => tree.read(file)).join('\n');
  const manager = managers.find(({ lock }) => tree.has(lock)) ?? pip;
  const tools = knownTools.filter((tool) => new RegExp(`(^|[^\\w-])${tool}(?![\\w-])`, 'im').test(text));
  const hasTests = tree.files.some((f) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(f));
  const version = tree.read('.python-version').trim() || /requires-python\s*=\s*["']([^"']+)/.exec(text)?.[1] || '3';
  return {
    ...emptyFinding('python'),
    runtime: `python ${version}`,
    package_manager: manager.name,
    candidates: [...pytestBenchmarks(tools, manager.prefix), ...benchFiles(tree, manager.prefix)],
    test_command: hasTests || tools.includes('pytest') ? `${manager.prefix}python3 -m pytest -q` : null,
    setup_command: manager.install,
    tools,
    protected: hasTests ? ['**/test_*.py', '**/*_test.py'] : [],
  };
}

function pytestBenchmarks(tools: string[], prefix: string): Candidate[] {
  if (!tools.includes('pytest-benchmark')) return [];
  return [{ command: `${prefix}python3 -m pytest --benchmark-only -q`, kind: 'bench', found_in: 'pytest-benchmark' }];
}

function benchFiles(tree: Tree, prefix: string): Candidate[] {
  return tree.files
    .filter((f) => /^((bench|benchmarks?|perf)\/(bench\w*|\w*_bench|run\w*)|bench\w*)\.py$/.test(f))
    .slice(0, 5)
    .map((f) => ({ command: `${prefix}python3 ${f}`, kind: 'bench', found_in: f }));
}

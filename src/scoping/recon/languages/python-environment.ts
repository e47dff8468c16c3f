import type { Machine } from '../../machine.ts';
import type { Tree } from '../tree.ts';

type Environment = { manager: string; python: string; setup: string | null };

type Seen = { text: string; tools: readonly string[]; machine: Machine };

const VENV = '.venv/bin/python';

/** For each lock file: the package manager, and its command that installs exactly the locked versions into the folder of the project. */
const managers = [
  { lock: 'uv.lock', name: 'uv', python: VENV, install: 'uv sync --frozen' },
  {
    lock: 'poetry.lock',
    name: 'poetry',
    python: VENV,
    install: 'POETRY_VIRTUALENVS_IN_PROJECT=1 poetry install --quiet',
  },
  { lock: 'Pipfile.lock', name: 'pipenv', python: VENV, install: 'PIPENV_VENV_IN_PROJECT=1 pipenv sync' },
];

/**
 * The command that runs Python here, and the command that installs the dependencies. Every copy gets its own virtual environment, and the
 * Python there is called by its path. A manager such as `uv run` would add its own time to each execution. An active virtual environment
 * is used as it is.
 */
export function environmentOf(tree: Tree, { text, tools, machine }: Seen): Environment {
  const locked = managers.find(({ lock, name }) => tree.has(lock) && machine.has(name));
  if (locked) return { manager: locked.name, python: locked.python, setup: locked.install };
  if (machine.virtual_env) return { manager: 'pip', python: 'python', setup: null };
  const packages = [
    ...requirements(tree, text),
    ...tools.filter((tool) => /^pytest(-benchmark)?$|^pyperf$/.test(tool)),
  ];
  if (!needsPackages(tree, text)) return { manager: 'pip', python: 'python3', setup: null };
  return {
    manager: 'pip',
    python: VENV,
    setup: `python3 -m venv .venv && ${VENV} -m pip install --quiet ${packages.join(' ')}`,
  };
}

/** The arguments of `pip install`. */
function requirements(tree: Tree, text: string): string[] {
  const files = ['requirements.txt', 'requirements-dev.txt'].filter((file) => tree.has(file));
  const isPackage = /^\[build-system\]|^\[project\]/m.test(text) || tree.has('setup.py');
  return [...files.map((file) => `-r ${file}`), ...(isPackage ? ['-e .'] : [])];
}

/** Whether the project needs packages that are not part of Python. */
function needsPackages(tree: Tree, text: string): boolean {
  const listed = /^dependencies\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? '';
  const always = [...listed.matchAll(/"([^"]+)"|'([^']+)'/g)].filter(([, a = '', b = '']) => !(a + b).includes(';'));
  const lines = tree
    .read('requirements.txt')
    .split('\n')
    .filter((line) => /^[A-Za-z]/.test(line));
  const inSetup = /install_requires\s*=\s*\[?\s*['"\w]/.test(tree.read('setup.py') + tree.read('setup.cfg'));
  const compiled = /\bext_modules\b|setuptools[-_]rust|maturin|scikit-build|Cython/i.test(text + tree.read('setup.py'));
  return always.length > 0 || lines.length > 0 || inSetup || compiled || /^\[tool\.poetry\.dependencies\]/m.test(text);
}

/**
 * The environment variable that makes a program import the copy's own code. Without this variable, an installed or editable package could
 * point to the original folder, and both arms would run the same code.
 */
export function pythonPath(tree: Tree): Record<string, string> {
  const inSrc = tree.files.some((f) => /^src\/[^/]+\/__init__\.py$|^src\/[^/]+\.py$/.test(f));
  const atRoot = tree.files.some((f) => /^(?!tests?\/|docs?\/)[^/]+\/__init__\.py$/.test(f));
  return inSrc ? { PYTHONPATH: 'src' } : atRoot ? { PYTHONPATH: '.' } : {};
}

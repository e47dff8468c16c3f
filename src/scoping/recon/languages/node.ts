import { emptyFinding, type Finding } from '../finding.ts';
import { altersRepository } from '../reading/alters.ts';
import { scriptsOf } from '../reading/follow.ts';
import type { Tree } from '../tree.ts';
import { benchFiles, bins, fromScript, type Package } from './node-candidates.ts';

type Manifest = {
  dependencies?: Record<string, unknown>;
  devDependencies?: Record<string, unknown>;
  engines?: { node?: unknown };
  bin?: unknown;
  main?: unknown;
  module?: unknown;
  name?: unknown;
};

/** For each lock file: the package manager, its command that runs a script, and its command that installs exactly the locked versions. */
const managers = [
  { lock: 'pnpm-lock.yaml', name: 'pnpm', run: 'pnpm run', install: 'pnpm install --frozen-lockfile' },
  { lock: 'yarn.lock', name: 'yarn', run: 'yarn run', install: 'yarn install --frozen-lockfile' },
  { lock: 'bun.lock', name: 'bun', run: 'bun run', install: 'bun install --frozen-lockfile' },
  { lock: 'bun.lockb', name: 'bun', run: 'bun run', install: 'bun install --frozen-lockfile' },
  { lock: 'package-lock.json', name: 'npm', run: 'npm run', install: 'npm ci' },
  { lock: 'npm-shrinkwrap.json', name: 'npm', run: 'npm run', install: 'npm ci' },
];
const npm = { name: 'npm', run: 'npm run', install: 'npm install' };

const knownTools =
  `vite next webpack rollup esbuild rolldown parcel turbo tsup tsdown vitest jest mocha clinic 0x autocannon tinybench mitata
  benchmark playwright puppeteer hyperfine react vue svelte express fastify`.split(/\s+/);

/** The default output folders of bundlers. If several rows match tools of the project, the first of them counts. */
const outputs: [RegExp, string][] = [
  [/^next$/, '.next/static/**'],
  [/^(vite|webpack|rollup|rolldown|tsup|tsdown|parcel)$/, 'dist/**'],
];

/** Finds JavaScript or TypeScript by package.json: scripts, bins, benchmark files, and tools among the dependencies. */
export function node(tree: Tree): Finding | undefined {
  if (!tree.has('package.json')) return undefined;
  const manifest = parse(tree.read('package.json'));
  const scripts = scriptsOf(tree, '');
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies };
  const manager = managers.find(({ lock }) => tree.has(lock)) ?? npm;
  const text = Object.values(scripts).join('\n');
  const tools = knownTools.filter(
    (tool) => tool in dependencies || new RegExp(`(^|[\\s/])${tool}(\\s|$)`, 'm').test(text),
  );
  const { test, build } = scripts;
  const found: Package = {
    tree,
    scripts,
    manager,
    dependencies: Object.keys(dependencies),
    tools,
    built: needsBuild(manifest, tree) && build ? `${manager.run} build` : null,
  };
  return {
    ...emptyFinding(tree.has('tsconfig.json') ? 'typescript' : 'javascript'),
    runtime: runtime(tree, manifest),
    package_manager: manager.name,
    candidates: [
      ...Object.entries(scripts).flatMap(([name, body]) => fromScript(name, body, found)),
      ...benchFiles(found),
      ...bins(manifest, found),
    ],
    test_command: test && !test.includes('no test specified') ? testCommand(tree, manager) : null,
    build_command: build && altersRepository(`${manager.run} build`, tree) === null ? `${manager.run} build` : null,
    setup_command: Object.keys(dependencies).length > 0 ? manager.install : null,
    output: build ? (outputs.find(([tool]) => tools.some((name) => tool.test(name)))?.[1] ?? null) : null,
    tools,
  };
}

function testCommand(tree: Tree, { name, run }: { name: string; run: string }): string | null {
  const command = name === 'npm' ? 'npm test' : `${run} test`;
  return altersRepository(command, tree) === null ? command : null;
}

/** Whether the package's entry file is missing in the repository, so that programs which import the package need a build. */
function needsBuild({ main, module }: Manifest, tree: Tree): boolean {
  const entries = [main, module].filter((path): path is string => typeof path === 'string');
  const isThere = (path: string) => ['', '.js', '/index.js'].some((end) => tree.has(path.replace(/^\.\//, '') + end));
  return entries.length > 0 && !entries.some(isThere);
}

function runtime(tree: Tree, { engines }: Manifest): string {
  const pinned = tree.read('.nvmrc').trim() || tree.read('.node-version').trim();
  const wanted = pinned || (typeof engines?.node === 'string' ? engines.node : process.versions.node.split('.')[0]);
  return `node ${wanted?.replace(/^v/, '')}`;
}

function parse(text: string): Manifest {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, ''));
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {}; // a broken manifest still shows that this is a Node project
  }
}

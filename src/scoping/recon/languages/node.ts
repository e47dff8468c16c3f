import { type Candidate, emptyFinding, type Finding, kindOf } from '../finding.ts';
import type { Tree } from '../tree.ts';

type Manifest = {
  scripts?: Record<string, unknown>;
  dependencies?: Record<string, unknown>;
  devDependencies?: Record<string, unknown>;
  engines?: { node?: unknown };
  bin?: unknown;
  name?: unknown;
};

/** For each lock file: the package manager, how it runs a script, and how it installs exactly the locked versions. */
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

/** Where bundlers write by default; the first row whose tool the project uses counts. */
const outputs: [RegExp, string][] = [
  [/^next$/, '.next/static/**'],
  [/^(vite|webpack|rollup|rolldown|tsup|tsdown|parcel)$/, 'dist/**'],
];

/** JavaScript or TypeScript, from package.json: scripts, bins, benchmark files, and tools among the dependencies. */
export function node(tree: Tree): Finding | undefined {
  if (!tree.has('package.json')) return undefined;
  const manifest = parse(tree.read('package.json'));
  const scripts = Object.entries(manifest.scripts ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies };
  const manager = managers.find(({ lock }) => tree.has(lock)) ?? npm;
  const text = scripts.map(([, script]) => script).join('\n');
  const tools = knownTools.filter(
    (tool) => tool in dependencies || new RegExp(`(^|[\\s/])${tool}(\\s|$)`, 'm').test(text),
  );
  const script = (name: string) => scripts.find(([key]) => key === name)?.[1];
  const test = script('test');
  return {
    ...emptyFinding(tree.has('tsconfig.json') ? 'typescript' : 'javascript'),
    runtime: runtime(tree, manifest),
    package_manager: manager.name,
    candidates: [
      ...scripts.flatMap(([name, body]) => fromScript(name, body, manager.run)),
      ...benchFiles(tree, tools),
      ...bins(manifest),
    ],
    test_command:
      test && !test.includes('no test specified')
        ? manager.name === 'npm'
          ? 'npm test'
          : `${manager.run} test`
        : null,
    build_command: script('build') ? `${manager.run} build` : null,
    setup_command: Object.keys(dependencies).length > 0 ? manager.install : null,
    output: script('build') ? (outputs.find(([tool]) => tools.some((name) => tool.test(name)))?.[1] ?? null) : null,
    tools,
    protected: tree.files.some((f) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(f)) ? ['**/*.{test,spec}.*'] : [],
  };
}

/** Takes a plain `node x.js` directly, because starting a package manager would add noise. */
function fromScript(name: string, body: string, run: string): Candidate[] {
  const kind = kindOf(name);
  if (!kind) return [];
  const plain = /^node\s/.test(body) && !/[&|;<>$`]/.test(body);
  return [{ command: plain ? body : `${run} ${name}`, kind, found_in: `package.json, scripts.${name}` }];
}

function benchFiles(tree: Tree, tools: string[]): Candidate[] {
  const suites = tree.files.filter((f) => /\.bench\.[cm]?[jt]sx?$/.test(f));
  const plain = tree.files.filter(
    (f) => /^((bench|benchmarks?|perf)\/[^/]+|bench(mark)?)\.[cm]?js$/.test(f) && !suites.includes(f),
  );
  return [
    ...plain.slice(0, 5).map((f): Candidate => ({ command: `node ${f}`, kind: 'bench', found_in: f })),
    ...(suites[0] && tools.includes('vitest')
      ? [{ command: 'npx vitest bench --run', kind: 'bench' as const, found_in: suites[0] }]
      : []),
  ];
}

function bins({ bin, name }: Manifest): Candidate[] {
  const paths = typeof bin === 'string' ? [bin] : Object.values((bin as object | undefined) ?? {});
  return paths
    .filter((path): path is string => typeof path === 'string')
    .slice(0, 3)
    .map((path) => ({
      command: `node ${path.replace(/^\.\//, '')} --help`,
      kind: 'start',
      found_in: `package.json, bin${typeof name === 'string' ? ` of ${name}` : ''}`,
    }));
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
    return {}; // a broken manifest still says that this is Node
  }
}

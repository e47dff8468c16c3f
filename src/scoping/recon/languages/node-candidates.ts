import type { Suggestion } from '../../suggestion.ts';
import { type Candidate, kindOf } from '../finding.ts';
import { altersRepository } from '../reading/alters.ts';
import { separate } from '../reading/steps.ts';
import type { Tree } from '../tree.ts';
import { harness } from './node-harness.ts';

/** The facts of package.json that are needed to find commands. */
export type Package = {
  tree: Tree;
  scripts: Record<string, string>;
  manager: { name: string; run: string };
  dependencies: readonly string[];
  tools: readonly string[];
  /** The command that builds the package, so that programs can import it. Null if the package's entry is a source file. */
  built: string | null;
};

/**
 * A candidate for a script whose name shows its purpose. The timed command neither installs nor builds. It starts a plain program without
 * the package manager, because npm alone takes longer than many benchmarks. Scripts that change the repository or never end give no
 * candidate.
 */
export function fromScript(name: string, body: string, found: Package): Candidate[] {
  const kind = kindOf(name);
  const { tree, scripts, manager } = found;
  const whole = `${manager.run} ${name}`;
  if (!kind || neverEnds.test(body) || altersRepository(whole, tree) !== null) return [];
  const found_in = `package.json, scripts.${name}`;
  // A script is plain if it only starts node and has no pre or post script. It then runs without the package manager. Any other build
  // script is timed as a whole, together with its pre and post scripts.
  const isPlain = /^node\s[^&|;<>$`]*$/.test(body) && !scripts[`pre${name}`] && !scripts[`post${name}`];
  if (kind === 'build') return [{ command: isPlain ? body : whole, kind, found_in }];
  const runsBefore = scripts[`pre${name}`] !== undefined && /^(npm|yarn)$/.test(manager.name);
  const { setup, build, timed } = separate(body);
  const direct = directly(timed, found);
  const before = [runsBefore ? `${manager.run} pre${name}` : null, build].filter((part) => part !== null);
  const builds = before.length > 0 ? before : importsPackage(direct ?? '', found) ? [found.built!] : [];
  const skipping = runsBefore && manager.name === 'npm' ? `npm run --ignore-scripts ${name}` : whole;
  return [
    {
      command: direct ?? skipping,
      kind,
      found_in,
      ...(setup === null ? {} : { setup }),
      ...(builds.length > 0 && (direct !== null || build === null) ? { build: builds.join(' && ') } : {}),
      ...harness(whole, direct, tree),
      ...(direct === null && build !== null
        ? { caution: 'the timed command also builds: instead, name the program that the command runs' }
        : {}),
    },
  ];
}

const neverEnds =
  /(^|[\s/])(nodemon|webpack(-dev-server|\s+serve)|vite(\s+(dev|serve|preview))?\s*$|next\s+dev|parcel\s+serve|live-server)|\s(--watch|-w)(\s|$)/;

/** Matches programs that run without the package manager. */
const plain = /^(node|bun|deno|sh|bash|python[\d.]*|make|cargo|go|\.{0,2}\/\S*|\S*node_modules\/\.bin\/\S+)$/;

/** The command line with programs of packages replaced by their paths. Null if only the package manager can run the line. */
function directly(line: string, { tree, dependencies }: Package): string | null {
  if (/[|;<>`$]|%\w+%|\b(npm|npx|pnpm|yarn|bun|run-[sp]|npm-run-all)\s/.test(line)) return null;
  const [, front = '', assigned = '', program = '', rest = ''] =
    /^((?:cd\s+\S+\s+&&\s+)?)((?:cross-env\s+)?(?:\w+=\S+\s+)*)(\S+)(.*)$/s.exec(line) ?? [];
  const variables = assigned.replace(/^cross-env\s+/, '');
  if (/^(cd|export)\b/.test(program) || rest.includes('&&')) return null;
  if (plain.test(program)) return `${front}${variables}${program}${rest}`;
  const isOwn = dependencies.includes(program) && front === '' && !tree.has('.pnp.cjs');
  return isOwn ? `${variables}node_modules/.bin/${program}${rest}` : null;
}

/** Whether a benchmark runs the built package and not the package's sources. */
function importsPackage(command: string, { built, tree }: Package): boolean {
  const file = /\s((?:bench|benchmarks?|perf)\/\S+|bench\S*\.[cm]?js)/.exec(command)?.[1];
  return built !== null && file !== undefined && !/['"](\.\.?\/)+(src|lib)\//.test(tree.read(file));
}

export function benchFiles(found: Package): Candidate[] {
  const { tree, tools } = found;
  const suites = tree.files.filter((f) => /\.bench\.[cm]?[jt]sx?$/.test(f));
  const own = tree.files.filter(
    (f) => /^((bench|benchmarks?|perf)\/[^/]+|bench(mark)?)\.[cm]?js$/.test(f) && !suites.includes(f),
  );
  return [
    ...own.slice(0, 5).flatMap((f): Candidate[] => {
      const command = `node ${f}`;
      if (altersRepository(command, tree) !== null) return [];
      const folder = /^([^/]+)\//.exec(f)?.[1];
      const setup = folder && tree.has(`${folder}/package.json`) ? `npm install --prefix ${folder}` : null;
      return [
        {
          command,
          kind: 'bench',
          found_in: f,
          ...(setup === null ? {} : { setup }),
          ...(importsPackage(command, found) ? { build: found.built! } : {}),
          ...harness(command, command, tree),
        },
      ];
    }),
    ...(suites[0] && tools.includes('vitest') ? [vitestBench(suites[0], tree)] : []),
  ];
}

const RESULT = 'perf-gate-bench.json';

/**
 * The candidate for a benchmark file of vitest. The tool vitest writes the results of all benchmarks to one file. The contract measures the
 * first benchmark whose name is a literal, and gives this name as `key`.
 */
function vitestBench(suite: string, tree: Tree): Candidate {
  const name = /\bbench\(\s*(['"`])([^'"`$]+)\1/.exec(tree.read(suite))?.[2];
  const reports: Suggestion = {
    name: 'bench_ms',
    unit: 'ms',
    lower_is_better: true,
    source: { format: 'vitest-bench', file: RESULT, ...(name === undefined ? {} : { key: name }) },
    why: `the mean that vitest reports${name === undefined ? '' : ` for “${name}”`}`,
  };
  return {
    command: `node_modules/.bin/vitest bench --run --outputJson ${RESULT} ${suite}`,
    kind: 'bench',
    found_in: suite,
    reports,
  };
}

export function bins({ bin, name }: { bin?: unknown; name?: unknown }, { tree, built }: Package): Candidate[] {
  const paths = typeof bin === 'string' ? [bin] : Object.values((bin as object | undefined) ?? {});
  return paths
    .filter((path): path is string => typeof path === 'string')
    .slice(0, 3)
    .map((path) => path.replace(/^\.\//, ''))
    .map((path) => ({
      command: `node ${path} --help`,
      kind: 'start',
      found_in: `package.json, bin${typeof name === 'string' ? ` of ${name}` : ''}`,
      ...(built !== null && !tree.has(path) ? { build: built } : {}),
    }));
}

import { posix } from 'node:path';
import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import { fixedTime, harnessIn } from '../reading/harness.ts';
import type { Tree } from '../tree.ts';
import { type Bench, criterionBenches } from './criterion.ts';

const knownTools = ['criterion', 'divan', 'iai', 'flamegraph', 'tokio', 'clap'];

/** The build of a timed program. Line tables let a profiler name lines, and do not change the code. */
const RELEASE = 'CARGO_PROFILE_RELEASE_DEBUG=line-tables-only cargo build --release';

/** Finds Rust by the Cargo.toml of the project and of its crates. Candidates are benches, examples, and the binary of a release build. */
export function rust(tree: Tree): Finding | undefined {
  if (!tree.has('Cargo.toml')) return undefined;
  const crates = tree.files.filter((f) => posix.basename(f) === 'Cargo.toml').slice(0, 30);
  const text = crates.map((file) => tree.read(file)).join('\n');
  const tools = knownTools.filter((tool) =>
    new RegExp(`^\\s*${tool}\\s*[=.]|dependencies\\.${tool}\\]`, 'm').test(text),
  );
  const name = packageName(tree.read('Cargo.toml'));
  const channel =
    /channel\s*=\s*"([^"]+)"/.exec(tree.read('rust-toolchain.toml'))?.[1] ?? tree.read('rust-toolchain').trim();
  const candidates: Candidate[] = crates.flatMap((file) => benchesOf(tree, file)).slice(0, 10);
  candidates.push(...crates.flatMap((file) => examplesOf(tree, file)).slice(0, 5));
  if (name && tree.has('src/main.rs')) {
    const command = `target/release/${name} --help`;
    candidates.push({ command, kind: 'start', found_in: 'src/main.rs', build: RELEASE });
  }
  candidates.push({ command: 'cargo build --release', kind: 'build', found_in: 'Cargo.toml' });
  return {
    ...emptyFinding('rust'),
    runtime: channel ? `rust ${channel}` : 'rust',
    package_manager: 'cargo',
    candidates,
    test_command: 'cargo test',
    build_command: 'cargo build --release',
    output: 'target/release/*',
    tools,
  };
}

const packageName = (manifest: string) => /^\s*\[package\][^[]*?^\s*name\s*=\s*"([^"]+)"/ms.exec(manifest)?.[1];

/** The folder of a crate, and the cargo option that selects the crate; both empty at the root. */
function crateOf(tree: Tree, file: string): { dir: string; crate: string } {
  const dir = posix.dirname(file) === '.' ? '' : `${posix.dirname(file)}/`;
  return { dir, crate: dir === '' ? '' : ` -p ${packageName(tree.read(file)) ?? posix.basename(dir)}` };
}

/** The examples of one crate: programs that use a library crate. An example that reads arguments gets a caution. */
function examplesOf(tree: Tree, file: string): Candidate[] {
  const { dir, crate } = crateOf(tree, file);
  return tree.files.flatMap((path): Candidate[] => {
    const [, name] = path.startsWith(dir)
      ? (/^examples\/([\w-]+)(?:\.rs|\/main\.rs)$/.exec(path.slice(dir.length)) ?? [])
      : [];
    const source = name === undefined ? '' : tree.read(path);
    if (!/\bfn main\s*\(/.test(source)) return [];
    const caution = /\benv::args/.test(source)
      ? { caution: 'this program reads arguments: add them to the command' }
      : {};
    const kind = /bench|perf/i.test(name!) ? 'bench' : 'start';
    const build = `${RELEASE}${crate} --example ${name}`;
    return [{ command: `target/release/examples/${name}`, kind, found_in: path, build, ...caution }];
  });
}

/**
 * The benches of one crate. Criterion writes its results to a file. For any other benchmark tool, perf-gate can measure only the time of
 * the command, so the candidate has a caution.
 */
function benchesOf(tree: Tree, file: string): Candidate[] {
  const manifest = tree.read(file);
  const { dir, crate } = crateOf(tree, file);
  const named = [...manifest.matchAll(/^\s*\[\[bench\]\]([^[]*)/gm)].flatMap(([, body = '']) => {
    const name = /^\s*name\s*=\s*"([^"]+)"/m.exec(body)?.[1];
    const path = /^\s*path\s*=\s*"([^"]+)"/m.exec(body)?.[1];
    return name === undefined ? [] : [{ name, path: dir + (path ?? `benches/${name}.rs`) }];
  });
  const others = tree.files
    .filter((f) => f.startsWith(`${dir}benches/`) && /^[^/]+\.rs$/.test(f.slice(`${dir}benches/`.length)))
    .map((path) => ({ name: posix.basename(path, '.rs'), path }))
    .filter(({ path }) => !named.some((bench) => bench.path === path));
  return [...named, ...others].flatMap((bench) => candidatesOf(bench, crate, tree));
}

function candidatesOf(bench: Bench, crate: string, tree: Tree): Candidate[] {
  const source = tree.read(bench.path);
  const run = `cargo bench --quiet${crate} --bench ${bench.name}`;
  const build = `cargo bench --no-run${crate} --bench ${bench.name}`;
  const found = /\bcriterion\b/.test(source) ? criterionBenches(source, { ...bench, run, build }) : [];
  if (found.length > 0) return found;
  return [
    {
      command: run,
      kind: 'bench',
      found_in: bench.path,
      build,
      caution: fixedTime(harnessIn(source) ?? 'cargo bench'),
    },
  ];
}

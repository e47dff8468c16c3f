import { posix } from 'node:path';
import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import { fixedTime } from '../reading/harness.ts';
import type { Tree } from '../tree.ts';
import { type Bench, criterionBenches } from './criterion.ts';

const knownTools = ['criterion', 'divan', 'iai', 'flamegraph', 'tokio', 'clap'];

/** Rust, from Cargo.toml and those of its crates: their benches, and the binary of a release build. */
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
  if (name && tree.has('src/main.rs')) {
    const command = `target/release/${name} --help`;
    candidates.push({ command, kind: 'start', found_in: 'src/main.rs', build: 'cargo build --release' });
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

/** The benches of one crate. What criterion reports is in a file; of any other harness only the time could be taken. */
function benchesOf(tree: Tree, file: string): Candidate[] {
  const dir = posix.dirname(file) === '.' ? '' : `${posix.dirname(file)}/`;
  const manifest = tree.read(file);
  const crate = dir === '' ? '' : ` -p ${packageName(manifest) ?? posix.basename(dir)}`;
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
  return [{ command: run, kind: 'bench', found_in: bench.path, build, caution: fixedTime('cargo bench') }];
}

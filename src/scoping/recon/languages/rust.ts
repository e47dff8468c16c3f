import { type Candidate, emptyFinding, type Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';

const knownTools = ['criterion', 'divan', 'iai', 'flamegraph', 'tokio', 'clap'];

/** Rust, from Cargo.toml: its benches, and the binary of a release build. */
export function rust(tree: Tree): Finding | undefined {
  if (!tree.has('Cargo.toml')) return undefined;
  const text = tree.read('Cargo.toml');
  const tools = knownTools.filter((tool) =>
    new RegExp(`^\\s*${tool}\\s*[=.]|dependencies\\.${tool}\\]`, 'm').test(text),
  );
  const hasBench = /^\s*\[\[bench\]\]/m.test(text) || tree.files.some((f) => /(^|\/)benches\/.*\.rs$/.test(f));
  const name = /^\s*\[package\][^[]*?^\s*name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
  const channel =
    /channel\s*=\s*"([^"]+)"/.exec(tree.read('rust-toolchain.toml'))?.[1] ?? tree.read('rust-toolchain').trim();
  const candidates: Candidate[] = [];
  if (hasBench) candidates.push({ command: 'cargo bench', kind: 'bench', found_in: 'Cargo.toml, [[bench]]' });
  if (name && tree.has('src/main.rs')) {
    candidates.push({ command: `target/release/${name} --help`, kind: 'start', found_in: 'src/main.rs' });
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

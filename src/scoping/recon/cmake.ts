import { posix } from 'node:path';
import { type Candidate, emptyFinding, type Finding } from './finding.ts';
import { googleBenchmarks } from './google-benchmark.ts';
import type { Tree } from './tree.ts';

/**
 * perf-gate builds in its own folder, because an existing build folder contains absolute paths, which are wrong in a copy of the project.
 */
const BUILD = 'perf-gate-build';
const configure = `cmake -S . -B ${BUILD} -DCMAKE_BUILD_TYPE=Release`;

type Program = { target: string; folder: string; sources: string[] };

/** Programs that CMake builds, those named like a benchmark first. Each program is compiled as a release build before it is timed. */
export function cmake(tree: Tree): Finding | undefined {
  if (!tree.has('CMakeLists.txt')) return undefined;
  const files = tree.files.filter((f) => posix.basename(f) === 'CMakeLists.txt').slice(0, 50);
  const programs = files.flatMap((file) => programsIn(tree.read(file), posix.dirname(file)));
  const hasTests = files.some((file) =>
    /^\s*(enable_testing|add_test)\s*\(|\binclude\s*\(\s*CTest/im.test(tree.read(file)),
  );
  return {
    ...emptyFinding('cmake'),
    candidates: [
      ...programs
        .filter(isBenchmark)
        .slice(0, 5)
        .flatMap((program) => benchmarks(program, tree)),
      ...programs
        .filter((program) => !isBenchmark(program))
        .slice(0, 3)
        .map((program) => candidate(program, 'start')),
      { command: `cmake --build ${BUILD} --clean-first`, kind: 'build', found_in: 'CMakeLists.txt', setup: configure },
    ],
    test_command: hasTests
      ? `${configure} && cmake --build ${BUILD} && ctest --test-dir ${BUILD} --output-on-failure`
      : null,
    build_command: `${configure} && cmake --build ${BUILD}`,
    tools: ['cmake'],
  };
}

function programsIn(text: string, folder: string): Program[] {
  return [...text.replace(/#.*$/gm, '').matchAll(/\badd_executable\s*\(\s*"?([\w.-]+)"?\s+([^)]*)\)/gi)].map(
    ([, target = '', words = '']) => ({ target, folder, sources: words.split(/\s+/).filter((w) => /\.\w+$/.test(w)) }),
  );
}

const isBenchmark = ({ target, folder }: Program) => /bench|perf/i.test(target) || /(^|\/)(bench|perf)/i.test(folder);

function candidate({ target, folder }: Program, kind: Candidate['kind']): Candidate {
  const path = posix.join(BUILD, folder, target);
  return {
    command: path,
    kind,
    found_in: `${posix.join(folder, 'CMakeLists.txt')}, ${target}`,
    build: `${configure} && cmake --build ${BUILD} --target ${target}`,
  };
}

function benchmarks(program: Program, tree: Tree): Candidate[] {
  const text = program.sources.map((source) => tree.read(posix.join(program.folder, source))).join('\n');
  return googleBenchmarks(candidate(program, 'bench'), text);
}

import { posix } from 'node:path';
import { shellWord } from '../../core/text.ts';
import { type Candidate, emptyFinding, type Finding } from './finding.ts';
import { googleBenchmarks } from './google-benchmark.ts';
import type { Tree } from './tree.ts';

/**
 * perf-gate builds in its own folder, because an existing build folder contains absolute paths, which are wrong in a copy of the project.
 */
const BUILD = 'perf-gate-build';
const configure = `meson setup ${BUILD} --buildtype=release`;
const compile = `${configure} && meson compile -C ${BUILD}`;

type Program = { target: string; folder: string; sources: string[]; variable: string | undefined };

/**
 * Programs that Meson builds, as release builds before they are timed. Programs that a call of `benchmark()` runs come first, with the
 * arguments in this call. All others follow.
 */
export function meson(tree: Tree): Finding | undefined {
  if (!tree.has('meson.build')) return undefined;
  const files = tree.files.filter((f) => posix.basename(f) === 'meson.build').slice(0, 50);
  const texts = files.map((file) => ({ file, text: tree.read(file).replace(/#.*$/gm, '') }));
  const programs = texts.flatMap(({ file, text }) => programsIn(text, posix.dirname(file)));
  const measured = texts.flatMap(({ text }) => calls('benchmark', text));
  const benches = programs.flatMap((program) => benchmarksOf(program, measured, tree));
  const others = programs.filter(({ target }) => !benches.some(({ found_in }) => found_in.includes(`, ${target}`)));
  return {
    ...emptyFinding('meson'),
    candidates: [
      ...benches.slice(0, 8),
      ...others.slice(0, 3).map((program) => candidate(program, 'start')),
      {
        command: `meson compile -C ${BUILD} --clean && meson compile -C ${BUILD}`,
        kind: 'build',
        found_in: 'meson.build',
        setup: configure,
      },
    ],
    test_command: texts.some(({ text }) => /^\s*test\s*\(/m.test(text)) ? `${compile} && meson test -C ${BUILD}` : null,
    build_command: compile,
    tools: ['meson'],
  };
}

/** The text between the brackets of each call of a function. Inside these brackets, one further level of brackets is found. */
const calls = (name: string, text: string) =>
  [...text.matchAll(new RegExp(`\\b${name}\\s*\\(((?:[^()]|\\([^()]*\\))*)\\)`, 'g'))].map((match) => match[1]!);

function programsIn(text: string, folder: string): Program[] {
  const found = text.matchAll(/(?:(\w+)\s*=\s*)?\bexecutable\s*\(\s*'([\w.-]+)'((?:[^()]|\([^()]*\))*)\)/g);
  return [...found].map(([, variable, target = '', rest = '']) => ({
    target,
    folder,
    variable,
    sources: strings(rest).filter((word) => /\.\w+$/.test(word)),
  }));
}

const strings = (text: string) => [...text.matchAll(/'([^'\n]*)'/g)].map((match) => match[1]!);

/**
 * The candidates for a program: one for each call of `benchmark()` that runs the program, with the arguments in this call. If there is no
 * such call, the program alone is a candidate, provided that its name suggests a benchmark.
 */
function benchmarksOf(program: Program, measured: readonly string[], tree: Tree): Candidate[] {
  const whole = candidate(program, 'bench');
  const own = measured.filter((call) => call.split(',').some((part) => part.trim() === program.variable));
  const source = program.sources.map((file) => tree.read(posix.join(program.folder, file))).join('\n');
  if (own.length === 0) return /bench|perf/i.test(program.target) ? googleBenchmarks(whole, source) : [];
  return own.flatMap((call) => {
    const given = strings(/\bargs\s*:\s*(\[[^\]]*\]|'[^']*')/.exec(call)?.[1] ?? '').map(shellWord);
    return googleBenchmarks({ ...whole, command: [whole.command, ...given].join(' ') }, source);
  });
}

function candidate({ target, folder }: Program, kind: Candidate['kind']): Candidate {
  return {
    command: posix.join(BUILD, folder, target),
    kind,
    found_in: `${posix.join(folder, 'meson.build')}, ${target}`,
    build: `${compile} ${target}`,
  };
}

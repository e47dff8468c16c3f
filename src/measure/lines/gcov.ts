import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import * as z from 'zod/mini';
import { copyFile, makeDir } from '../../core/fs.ts';
import type { Collector, Run } from './collector.ts';
import { isRegular } from './written.ts';

/**
 * If a program has more compilation units than this, perf-gate does not read its coverage, because gcov would take longer than the
 * measurement.
 */
const MOST_UNITS = 2000;
const AT_ONCE = 20;

const unit = z.object({
  current_working_directory: z.string(),
  files: z.array(z.object({ file: z.string(), lines: z.array(z.object({ line_number: z.int(), count: z.number() })) })),
});

type Lines = { ran: Set<number>; can: Set<number> };

/**
 * GCC's coverage of C and C++, for programs that were built with `--coverage`. For each compilation unit, the compiler writes a `.gcno`
 * file, and the program writes a `.gcda` file with the counts. Clang is not supported, because gcov does not read its files.
 * https://gcc.gnu.org/onlinedocs/gcc/Gcov-Data-Files.html
 */
export const gcovCoverage: Collector = {
  isSource: (path) => /\.(?:[ch]|cc|cpp|cxx|hpp|hh|hxx|ipp)$/.test(path),
  built: true,
  env: (out) => ({ GCOV_PREFIX: dataDir(out), GCOV_PREFIX_STRIP: '0' }),
  async read(out, root, files, run) {
    const compiled = [...filesBelow(root, /\.(?:gcno|o|lo|obj)$/)];
    const units = unitsIn(out, root, compiled);
    if (units === null) return undefined;
    const known = await linesOf(units, files, run);
    if (known === null) return undefined;
    return (file) => {
      const lines = known.get(file);
      if (lines) return (line) => (lines.ran.has(line) ? true : lines.can.has(line) ? false : null);
      // unknown (null) for a header, because headers often hold no code; also unknown for a source that could have been compiled without
      // coverage
      return /\.(?:h|hh|hpp|hxx|ipp)$/.test(file) || compiled.some((path) => isOf(path, file)) ? null : () => false;
    };
  },
};

const dataDir = (out: string) => join(out, 'gcda');

/**
 * Whether the name of an object file or a `.gcno` file is one that a compiler gives to files made from this source: `x.o`, `x.cc.o` or
 * `bench-x.o` for `x.cc`.
 */
function isOf(compiled: string, source: string): boolean {
  const [name = ''] = basename(source).split('.');
  const [stem = ''] = basename(compiled).split('.');
  return stem === name || stem.endsWith(`-${name}`);
}

/**
 * Copies the `.gcno` file of every compilation unit next to its `.gcda` file in `out`, and returns the paths of the copies. Null if the
 * program wrote no counts, or if there are too many units.
 */
function unitsIn(out: string, root: string, compiled: readonly string[]): string[] | null {
  const data = dataDir(out);
  const counted = [...filesBelow(data, /\.gcda$/)].map((file) => file.slice(0, -'gcda'.length));
  const notes = compiled.filter((path) => path.endsWith('.gcno'));
  if (counted.length === 0 || notes.length > MOST_UNITS) return null;
  const ran = counted.flatMap((stem) => {
    const note = `${stem.slice(data.length)}gcno`;
    return isRegular(note) && realpathSync(note).startsWith(root + sep) ? [{ note, to: `${stem}gcno` }] : [];
  });
  const used = new Set(ran.map(({ note }) => realpathSync(note)));
  const idle = notes.filter((note) => !used.has(note) && isRegular(note));
  const copies = [...ran, ...idle.map((note, i) => ({ note, to: join(out, 'idle', String(i), basename(note)) }))];
  for (const { note, to } of copies) {
    makeDir(dirname(to));
    copyFile(note, to);
  }
  return copies.map(({ to }) => to);
}

/**
 * For each given file, the lines that hold code and the lines that ran. Null if gcov is missing, or if it cannot read the files of this
 * compiler.
 */
async function linesOf(
  units: readonly string[],
  files: readonly string[],
  run: Run,
): Promise<ReadonlyMap<string, Lines> | null> {
  const known = new Map<string, Lines>();
  for (let at = 0; at < units.length; at += AT_ONCE) {
    const asked = units.slice(at, at + AT_ONCE);
    const { exitCode, stdout, stderr } = await run('gcov', ['--json-format', '--stdout', '--', ...asked]);
    if (exitCode !== 0 || / prefer '/.test(stderr)) return null;
    for (const line of stdout.split('\n')) addTo(known, line, files);
  }
  return known;
}

function addTo(known: Map<string, Lines>, line: string, files: readonly string[]): void {
  const parsed = unit.safeParse(jsonOf(line));
  if (!parsed.success) return;
  for (const { file, lines } of parsed.data.files) {
    const path = realOf(resolve(parsed.data.current_working_directory, file));
    if (!files.includes(path)) continue;
    const of = known.get(path) ?? { ran: new Set(), can: new Set() };
    known.set(path, of);
    for (const { line_number, count } of lines) {
      of.can.add(line_number);
      if (count > 0) of.ran.add(line_number);
    }
  }
}

const realOf = (path: string) => (existsSync(path) ? realpathSync(path) : path);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The files below a folder that have a matching name. Links are not followed. */
function* filesBelow(folder: string, pattern: RegExp): Generator<string> {
  for (const entry of entriesIn(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, pattern);
    else if (entry.isFile() && pattern.test(entry.name)) yield path;
  }
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

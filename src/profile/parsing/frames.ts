import type { Frame, Kind, Profile } from '../model.ts';

/**
 * Makes frames for formats that give the line of a call instead of the first line of the function. Each function gets one frame. The frame
 * begins at the smallest of the function's line numbers in the profile.
 */
export function functionFrames(kind: Kind = 'code') {
  const known = new Map<string, Frame>();
  return (name: string, file: string | null, line: number | null): Frame => {
    const key = `${name}\0${file}`;
    const frame = known.get(key) ?? { function: name, file, line, column: null, kind };
    known.set(key, frame);
    if (line !== null && (frame.line === null || line < frame.line)) frame.line = line;
    return frame;
  };
}

/** A part of the project that has a name but no file: a span, or a node of a query plan. */
export const namedPart = (name: string): Frame => ({
  function: name,
  file: null,
  line: null,
  column: null,
  kind: 'project',
});

/**
 * Returns the profile with all its code marked as the project's if no frame has a file, because only files could show which code is the
 * project's. `managed`: the names of functions that a runtime such as the JVM compiled or interprets. If `managed` is not empty, all other
 * functions belong to the runtime itself.
 */
export function ownWithoutFiles(profile: Profile, managed: ReadonlySet<string> = new Set()): Profile {
  if (profile.frames.some((frame) => frame.file !== null)) return profile;
  const kindOf = (name: string): Kind => (managed.size > 0 && !managed.has(name) ? 'native' : 'project');
  const frames = profile.frames.map((f): Frame => (f.kind === 'code' ? { ...f, kind: kindOf(f.function) } : f));
  return { ...profile, frames };
}

/** The parsed symbol of a frame, for formats that describe a frame only by a symbol. */
type Symbol = {
  name: string;
  file: string | null;
  line: number | null;
  /** The line that ran, equal to `line`. Null if `line` is the function's first line. */
  ran: number | null;
  kind: Kind;
  /** How a runtime executed the function: `j` and `1` compiled, `0` interpreted, `i` inlined. Null if unknown. */
  mark: string | null;
};

/** Matches a symbol of py-spy, such as `work (app/main.py:12)`. */
const withPlace = /^(.*) \((.+?):(\d+)\)$/;
/**
 * Matches a symbol of Node with `--perf-basic-prof`, such as `JS:*work file:///app/main.mjs:10:3` or `LazyCompile:~work /app/main.js:10:3`.
 */
const fromNode = /^(?:JS|LazyCompile|Function|Script|Eval|RegExp):[*~^+']*(\S*) ?(\S*?):(\d+)(?::(\d+))?$/;
/**
 * Symbols that do not stand for a function of the program: `do_syscall_64_[k]` (kernel), `[libc.so.6]` (a library without symbols),
 * `[main tid=101]` (a thread).
 */
const notOurs = /_\[k\]$|^\[.*\]$|^(?:\(unknown\)|unknown)$/;
/**
 * A marked symbol such as `app/Main.work_[j]`. async-profiler and stackcollapse-perf.pl mark code that was compiled (j, 1), interpreted (0)
 * or inlined (i).
 */
const marked = /^(.+)_\[([j01i])\]$/;
/** Names from the standard library of the JVM, with `/` or `.` between packages. */
const ofJvm = /^(?:java|javax|jdk|sun|com[/.]sun|scala|kotlin|kotlinx)[/.]/;

/** Splits a symbol into name, file and line, as far as the symbol holds them. */
export function parseSymbol(text: string): Symbol {
  const none = { file: null, line: null, ran: null, mark: null };
  if (notOurs.test(text)) return { name: text, ...none, kind: 'native' };
  const [, code = text, mark = null] = marked.exec(text) ?? [];
  const node = fromNode.exec(code);
  const [, name = '', file = '', line = ''] = node ?? withPlace.exec(code) ?? [];
  if (file === '') return { name: code, ...none, kind: ofJvm.test(code) ? 'runtime' : 'code', mark };
  // Node gives the first line of the function; the other profilers give the line that ran.
  return { name, file, line: Number(line), ran: node ? null : Number(line), kind: 'code', mark };
}

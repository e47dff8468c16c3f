import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { functionFrames, ownWithoutFiles, parseSymbol } from '../parsing/frames.ts';
import { linesOf, unreadable } from '../parsing/input.ts';

const stackLine = /^(\S.*?)\s+(-?\d+(?:\.\d+)?)$/;
/** Matches a line such as `main;work 10 12`, with the counts of two profiles, as difffolded.pl writes it. */
const differenceLine = /^\S.*\s\d+(?:\.\d+)?\s+\d+(?:\.\d+)?$/;

/**
 * Reads collapsed stacks. A line such as `main;work;inner 12` is a stack, callers first, and a count. stackcollapse-*.pl, inferno,
 * `py-spy record --format raw`, async-profiler and many other tools write this format. Lines without a count are left out, with a note. If
 * the file is a difference of two profiles, the later profile is read. Format: https://github.com/brendangregg/FlameGraph#2-fold-stacks
 * @throws profile_unreadable: no line is a stack
 */
export function readCollapsed(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('collapsed', 'samples');
  const placeOf = placesOf(builder.place);
  const isDifference = everyLine(bytes, (line) => differenceLine.test(line));
  /** Whether all counts are whole numbers. A count with a fraction is not a number of samples. */
  let areCounts = true;
  let [stacks, number] = [0, 0];
  const others: number[] = [];
  for (const line of linesOf(bytes)) {
    number++;
    if (!isStack(line)) continue;
    const [, stack, count] = stackLine.exec(line.trimEnd()) ?? [];
    if (stack === undefined) {
      others.push(number);
      continue;
    }
    stacks++;
    const names = isDifference ? stackLine.exec(stack)![1]! : stack;
    let node = -1;
    for (const text of names.split(';')) node = builder.below(node, placeOf.number(text));
    builder.add(node, Number(count), Number(count));
    areCounts &&= Number.isInteger(Number(count));
  }
  if (stacks === 0) throw unreadable(file, 'stacks such as “main;work 12”', 'no line with a count at its end');
  if (isDifference)
    builder.note(
      'Each line holds the counts of two profiles. perf-gate reads only the second count, from the later profile.',
    );
  if (others.length > 0)
    builder.note(
      `Left out: ${others.length === 1 ? 'a line' : `${others.length} lines`} without a count (line ${others[0]}).`,
    );
  const profile = ownWithoutFiles(builder.done(), placeOf.managed());
  return areCounts ? profile : { ...profile, samples: null };
}

/** Whether a line should hold a stack: the line is neither empty nor a comment. */
const isStack = (line: string) => line.trim() !== '' && !line.startsWith('#');

/** Whether `test` is true for each of the first 100 stacks. */
function everyLine(bytes: Uint8Array, test: (line: string) => boolean): boolean {
  let seen = 0;
  for (const line of linesOf(bytes)) {
    if (!isStack(line)) continue;
    if (!test(line.trimEnd())) return false;
    if (++seen === 100) break;
  }
  return seen > 0;
}

function placesOf(placeOf: (frame: Frame, line: number | null) => number) {
  const code = functionFrames();
  const known = new Map<string, number>();
  const marks = new Map<string, string>();
  const make = (text: string) => {
    const { name, file, line, ran, kind, mark } = parseSymbol(text);
    if (mark !== null) marks.set(name, mark);
    if (kind === 'code') return placeOf(code(name, file, line), ran);
    return placeOf({ function: name, file: null, line: null, column: null, kind }, null);
  };
  return {
    /** Parses a symbol of a stack, and returns the number that `ProfileBuilder.place` gave to its function and line. */
    number(text: string): number {
      const place = known.get(text) ?? make(text);
      known.set(text, place);
      return place;
    },
    /**
     * The names of the functions that a runtime compiled, found by marks such as `_[j]`. Empty if the file has only marks of inlined
     * functions, because compilers of native code inline too.
     */
    managed: () => new Set([...marks.values()].some((mark) => mark !== 'i') ? marks.keys() : []),
  };
}

/**
 * Whether a text begins with collapsed stacks: most lines are stacks, and no line is JSON, XML or prose. The last line may be cut off, so
 * it is ignored.
 */
export function looksCollapsed(start: string): boolean {
  const lines = start.split('\n').filter(isStack);
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, 20);
  if (whole.length === 0 || whole.some((line) => /^\s*(?:[{[]\s*(?:["{[\]}]|$)|<[?!/])/.test(line))) return false;
  const stacks = whole.filter((line) => /^\S.*\s-?\d+(\.\d+)?\s*$/.test(line));
  return (
    stacks.length === whole.length || (stacks.length > whole.length / 2 && stacks.every((line) => line.includes(';')))
  );
}

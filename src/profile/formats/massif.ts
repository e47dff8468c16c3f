import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { functionFrames } from '../parsing/frames.ts';
import { linesOf, unreadable } from '../parsing/input.ts';

/**
 * ` n2: 2000000 0x109186: keep (/app/w.c:4)` is a line of the tree: the number of caller lines that follow, the bytes, and the function.
 */
const treeLine = /^( *)n(\d+): (\d+) (.*)$/;
const withSymbol = /^0x[0-9A-Fa-f]+: (.+?)(?: \((.*)\))?$/;

/** A frame, and the source line of the frame's call or allocation. */
type Place = { frame: Frame; line: number | null };
type Level = { depth: number; rest: number; place: Place | null };

/**
 * Reads the output of `valgrind --tool=massif`: the bytes on the heap at its peak, by the functions that allocated them.
 * Format: https://valgrind.org/docs/manual/ms-manual.html
 * @throws profile_unreadable with the number of the line
 */
export function readMassif(bytes: Uint8Array, file: string): Profile {
  const trees = treesOf(bytes);
  // Every detailed snapshot has a tree. If massif marked several snapshots as the peak, the last of them is the highest.
  const tree = trees.findLast((each) => each.peak) ?? trees.reduce((a, b) => (b.bytes > a.bytes ? b : a), trees[0]!);
  if (!tree) throw unreadable(file, 'a snapshot with a heap_tree (massif)', 'none');
  const builder = profileBuilder('massif', 'bytes', false);
  const code = functionFrames();
  const path: Level[] = [];
  /**
   * Adds the stack of all levels in `path` to the profile, and removes the last level. The stack gets the bytes of the last level, minus
   * the bytes of the levels below it. The tree leads from callees to callers.
   */
  const leave = () => {
    const { rest } = path.at(-1)!;
    let node = -1;
    for (let i = path.length - 1; i >= 0; i--) {
      const { place } = path[i]!;
      if (place) node = builder.node(node, place.frame, place.line);
    }
    // massif adds up small allocations in one line without a function; their bytes count for the function one level above, if there is one
    if (rest > 0 && node !== -1) builder.add(node, rest, 1);
    else if (rest > 0) builder.unnamed(path.length > 1 ? '(below the threshold of massif)' : '(unknown)', rest, 1);
    path.pop();
  };
  for (const { text, number } of tree.lines) {
    const [, indent, , amount, what] = treeLine.exec(text) ?? [];
    if (indent === undefined) throw unreadable(file, 'a line of a heap tree', `line ${number}: ${text.slice(0, 80)}`);
    while (path.length > 0 && path.at(-1)!.depth >= indent.length) leave();
    const bytes = Number(amount);
    if (path.length > 0) path.at(-1)!.rest -= bytes;
    path.push({ depth: indent.length, rest: bytes, place: placeOf(what!, code) });
  }
  while (path.length > 0) leave();
  return builder.done();
}

function treesOf(bytes: Uint8Array) {
  const trees: { peak: boolean; bytes: number; lines: { text: string; number: number }[] }[] = [];
  let number = 0;
  let open = false;
  for (const text of linesOf(bytes)) {
    number++;
    const kind = /^heap_tree=(\w+)/.exec(text)?.[1];
    if (kind === 'detailed' || kind === 'peak') trees.push({ peak: kind === 'peak', bytes: 0, lines: [] });
    open = kind ? kind === 'detailed' || kind === 'peak' : open && /^ *n\d+:/.test(text);
    if (!open || kind) continue;
    const tree = trees.at(-1)!;
    if (tree.lines.length === 0) tree.bytes = Number(treeLine.exec(text)?.[3] ?? 0);
    tree.lines.push({ text, number });
  }
  return trees.filter((tree) => tree.lines.length > 0);
}

/**
 * The frame of a line in the tree. Null for the root (the allocators), and for the line that adds up all allocations “below massif's
 * threshold”.
 */
function placeOf(what: string, code: ReturnType<typeof functionFrames>): Place | null {
  const [, name, place = ''] = withSymbol.exec(what) ?? [];
  if (name === undefined) return null;
  const [, source, line] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (source !== undefined) return { frame: code(name, source, Number(line)), line: Number(line) };
  return { frame: code(name, place.replace(/^in /, '') || null, null), line: null };
}

export const looksLikeMassif = (start: string) => /^desc: .*\ncmd: .*\ntime_unit: /.test(start);

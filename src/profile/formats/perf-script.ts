import { type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { functionFrames, parseSymbol } from '../parsing/frames.ts';
import { linesOf } from '../parsing/input.ts';

/** `\t    55d0c8a7 work+0x1c (/app/tool)`: address, symbol, and the binary that holds it. */
const frameLine = /^\s+[0-9a-f]+ (.+) \((.*)\)$/;
/** `  main.c:12`: the line of the frame before it, with `-F +srcline`. */
const sourceLine = /^\s+(\S.*):(\d+)(?:\s|$)/;
/** The kernel, and objects that are no files. */
const notAFile = /^\[|^\/\/anon|\.map$|^inlined$/;

/**
 * Reads the output of `perf script` after `perf record -g`: a header line for each sample, then its stack, callees first.
 * Format: the manual page perf-script(1).
 */
export function readPerfScript(bytes: Uint8Array): Profile {
  const builder = profileBuilder('perf-script', 'samples');
  const code = functionFrames();
  const known = new Map<string, number>();
  let stack: { symbol: string; object: string; line?: [string, number] }[] = [];
  const finish = () => {
    let node = -1;
    // an inlined function is in the binary of the next frame, its caller
    for (let i = stack.length - 1; i >= 0; i--) {
      const at = stack[i]!;
      if (at.object === 'inlined') at.object = stack[i + 1]?.object ?? at.object;
      const key = `${at.symbol}\0${at.object}\0${at.line?.join(':')}`;
      const place = known.get(key) ?? placeOf(at, code, builder);
      known.set(key, place);
      node = builder.below(node, place);
    }
    if (node !== -1) builder.add(node, 1, 1);
    stack = [];
  };
  for (const line of linesOf(bytes)) {
    const [, symbol, object] = frameLine.exec(line) ?? [];
    const [, file, number] = symbol === undefined && stack.length > 0 ? (sourceLine.exec(line) ?? []) : [];
    if (symbol !== undefined) stack.push({ symbol: symbol.replace(/\+0x[0-9a-f]+$/, ''), object: object! });
    else if (file !== undefined) stack.at(-1)!.line = [file, Number(number)];
    // an indented line that is neither is the address of a frame without a source line
    else if (!/^\s+\S/.test(line)) finish();
  }
  finish();
  return builder.done();
}

function placeOf(
  { symbol, object, line }: { symbol: string; object: string; line?: [string, number] },
  code: ReturnType<typeof functionFrames>,
  builder: ProfileBuilder,
): number {
  const parsed = parseSymbol(symbol);
  if (parsed.file !== null) return builder.place(code(parsed.name, parsed.file, parsed.line), parsed.ran);
  if (line) return builder.place(code(symbol, ...line), line[1]);
  return builder.place(code(symbol, notAFile.test(object) ? null : object, null));
}

/** Looks for a header line with a time and an event, followed by a frame. Lines are cut off, so that a long one costs little. */
export function looksLikePerfScript(start: string): boolean {
  const lines = start.split('\n', 200).map((line) => line.slice(0, 300));
  const isHeader = (line: string) => /^\S.*\s\d+(?:\/\d+)?\s.*\d+\.\d+:\s/.test(line);
  return lines.some((line, i) => /^\s+[0-9a-f]+ \S/.test(lines[i + 1] ?? '') && isHeader(line));
}

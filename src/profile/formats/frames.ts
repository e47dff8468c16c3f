import type { Frame, Kind } from '../model.ts';

/**
 * Frames for formats that tell a line of the call and not where the function begins: one frame for each function, with
 * the first of its lines that was seen.
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

/** A part of the project that has a name and no file: a span, a node of a query plan. */
export const namedPart = (name: string): Frame => ({
  function: name,
  file: null,
  line: null,
  column: null,
  kind: 'project',
});

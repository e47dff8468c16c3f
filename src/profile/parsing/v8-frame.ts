import type { Frame, Kind } from '../model.ts';
import { lineOf } from './input.ts';
import { type Json, source, value } from './json-cursor.ts';

/** A function as V8 writes it: lines and columns from 0, or -1 if unknown. */
type CallFrame = { functionName: string; url: string; lineNumber: number; columnNumber: number };

/** V8's entries that are no functions. Such an entry has no location, and its name is in parentheses. */
const special = new Map<string, Kind | 'idle'>([
  ['(program)', 'native'],
  ['(garbage collector)', 'gc'],
  ['(idle)', 'idle'],
]);

/** A function of a V8 profile, or an entry that is no function. */
export type V8Frame = { frame: Frame; kind: Kind | 'idle' };

/** Turns V8's description of a function into a frame, with lines and columns from 1. */
export function v8Frame(call: CallFrame): V8Frame {
  const kind = call.url === '' ? (special.get(call.functionName) ?? 'native') : 'code';
  const frame: Frame = {
    function: call.functionName,
    file: call.url === '' ? null : call.url,
    line: lineOf(call.lineNumber + 1),
    column: lineOf(call.columnNumber + 1),
    kind: kind === 'idle' ? 'native' : kind,
  };
  return { frame, kind };
}

function isCallFrame(value: unknown): value is CallFrame {
  const call = value as Partial<CallFrame> | null | undefined;
  return (
    typeof call?.functionName === 'string' &&
    typeof call.url === 'string' &&
    typeof call.lineNumber === 'number' &&
    typeof call.columnNumber === 'number'
  );
}

/**
 * Reads the function at this position. Returns undefined for any other value. `known` caches functions by their text, because most are
 * repeated.
 */
export function v8FrameAt(json: Json, known: Map<string, V8Frame>): V8Frame | undefined {
  const start = { ...json };
  const text = source(json);
  const found = known.get(text);
  if (found) return found;
  const call = value(start);
  if (!isCallFrame(call)) return undefined;
  const made = v8Frame(call);
  known.set(text, made);
  return made;
}

import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { type GraphNode, unfold } from '../parsing/call-graph.ts';
import { entriesOf, jsonOf, listOf, unreadable } from '../parsing/input.ts';
import { type Marshalled, unmarshal } from '../parsing/marshal.ts';
import { frameOf } from '../parsing/python-functions.ts';

/** cProfile's dict as a map. Each entry holds a key and its value, both unchecked, and is stored under the key's JSON text. */
type Stats = Map<string, [key: Marshalled, value: Marshalled]>;

/**
 * Reads the output of Python's cProfile (`python3 -m cProfile -o out.pstats`): `{(file, line, function): (primitive calls, calls,
 * own seconds, seconds with callees, {caller: the same four})}`. cProfile counts every call, so nothing is sampled. The same dict,
 * `pstats.Stats(…).stats`, is also read as JSON with its keys as text, `{"('app.py', 3, 'work')": […]}`. The callers are optional.
 * Format: https://docs.python.org/3/library/profile.html and Lib/pstats.py
 * @throws profile_unreadable
 */
export function readPstats(bytes: Uint8Array, file: string): Profile {
  if (isMarshalled(bytes)) return profileOf(unmarshalled(bytes, file), file, 'pstats');
  const stats = statsOf(jsonOf(bytes, file), file, true);
  const hasCallers = [...stats.values()].some(([, value]) => (value as Marshalled[])[4] !== undefined);
  return profileOf(stats, file, hasCallers ? 'pstats' : 'pstats-json');
}

function unmarshalled(bytes: Uint8Array, file: string): Stats {
  const stats = unmarshal(bytes, file);
  if (stats instanceof Map) return stats;
  throw unreadable(file, 'the dict of cProfile', 'another value');
}

function statsOf(value: unknown, file: string, withCallers: boolean): Stats {
  const stats: Stats = new Map();
  for (const [text, numbers] of entriesOf(value)) {
    const [, path, line, name] = /^\(['"](.*)['"], (\d+), ['"](.*)['"]\)$/.exec(text) ?? [];
    if (path === undefined || name === undefined)
      throw unreadable(file, `keys such as "('app.py', 3, 'work')"`, text.slice(0, 80));
    const key = [path, Number(line), name];
    const [own, callers] = [listOf(numbers).slice(0, 4) as Marshalled[], listOf(numbers)[4]];
    const all = withCallers && callers !== undefined ? [...own, statsOf(callers, file, false)] : own;
    stats.set(JSON.stringify(key), [key, all]);
  }
  return stats;
}

function profileOf(stats: Stats, file: string, format: string): Profile {
  const index = new Map([...stats.keys()].map((key, i) => [key, i]));
  const graph: GraphNode[] = [...stats.values()].map(([key, value]) => {
    const [, calls = 0, own = 0, total = 0] = numbers(value, file);
    return { frame: frameOfKey(key, file), self: own * 1000, total: total * 1000, calls, callees: new Map() };
  });
  [...stats.values()].forEach(([, value], callee) => {
    const callers = (value as Marshalled[])[4] ?? new Map();
    if (!(callers instanceof Map)) throw unreadable(file, 'the callers of each function', 'a function without');
    for (const [key, [, counts]] of callers) {
      const caller = index.get(key);
      // profilers other than cProfile store no times for a caller, only its number of calls
      const [, , self = 0, total = 0] = Array.isArray(counts) ? numbers(counts, file) : [];
      if (caller !== undefined) graph[caller]!.callees.set(callee, { total: total * 1000, self: self * 1000 });
    }
  });
  return unfold(graph, profileBuilder(format, 'ms', false));
}

function numbers(value: Marshalled, file: string): number[] {
  const list = Array.isArray(value) ? value.slice(0, 4) : [];
  const valid = list.length === 4 && list.every((n) => typeof n === 'number' && Number.isFinite(n));
  if (!valid)
    throw unreadable(file, 'four numbers for a function or a caller', JSON.stringify(value)?.slice(0, 80) ?? '');
  return (list as number[]).map((n) => Math.max(0, n));
}

function frameOfKey(key: Marshalled, file: string): Frame {
  const [path, line, name] = Array.isArray(key) ? key : [];
  if (typeof path !== 'string' || typeof line !== 'number' || typeof name !== 'string')
    throw unreadable(file, 'keys of file, line and function', JSON.stringify(key)?.slice(0, 80) ?? '');
  return frameOf({ path, line, name });
}

/** Whether a file begins with a marshalled dict whose first key is a tuple of three elements. */
const isMarshalled = (bytes: Uint8Array) =>
  (bytes[0]! & 0x7f) === 0x7b && ((bytes[1]! & 0x7f) === 0x29 ? bytes[2] === 3 : (bytes[1]! & 0x7f) === 0x28);

export const looksLikePstats = (bytes: Uint8Array, start: string) =>
  isMarshalled(bytes) || /^\s*\{\s*"\((\\"|')/.test(start);

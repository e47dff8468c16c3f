import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { type GraphNode, unfold } from './call-graph.ts';
import { unreadable } from './input.ts';
import { type Marshalled, unmarshal } from './marshal.ts';
import { frameOfPlace } from './python-places.ts';

/**
 * Reads what Python's cProfile writes (`python3 -m cProfile -o out.pstats`): `{(file, line, function): (primitive calls,
 * calls, own seconds, seconds with callees, {caller: the same four})}`. Every call was counted, so nothing is sampled.
 * Format: https://docs.python.org/3/library/profile.html and Lib/pstats.py
 * @throws profile_unreadable
 */
export function readPstats(bytes: Uint8Array, file: string): Profile {
  const stats = unmarshal(bytes, file);
  if (!(stats instanceof Map)) throw unreadable(file, 'the dict of cProfile', 'another value');
  return profileOfStats(stats, file, 'pstats');
}

/** The same for the dict itself, of whose keys and values nothing is known yet; the callers may be left out. @throws profile_unreadable */
export function profileOfStats(stats: Map<string, [Marshalled, Marshalled]>, file: string, format: string): Profile {
  const index = new Map([...stats.keys()].map((key, i) => [key, i]));
  const graph: GraphNode[] = [...stats.values()].map(([key, value]) => {
    const [, calls = 0, own = 0, total = 0] = numbers(value, file);
    return { frame: frameOf(key, file), self: own * 1000, total: total * 1000, calls, callees: new Map() };
  });
  [...stats.values()].forEach(([, value], callee) => {
    const callers = (value as Marshalled[])[4] ?? new Map();
    if (!(callers instanceof Map)) throw unreadable(file, 'the callers of each function', 'a function without');
    for (const [key, [, counts]] of callers) {
      const caller = index.get(key);
      // profilers other than cProfile keep the number of calls alone
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

function frameOf(key: Marshalled, file: string): Frame {
  const [path, line, name] = Array.isArray(key) ? key : [];
  if (typeof path !== 'string' || typeof line !== 'number' || typeof name !== 'string')
    throw unreadable(file, 'keys of file, line and function', JSON.stringify(key)?.slice(0, 80) ?? '');
  return frameOfPlace({ path, line, name });
}

/** A marshalled dict whose first key is a tuple of three. */
export const looksLikePstats = (bytes: Uint8Array) =>
  (bytes[0]! & 0x7f) === 0x7b && ((bytes[1]! & 0x7f) === 0x29 ? bytes[2] === 3 : (bytes[1]! & 0x7f) === 0x28);

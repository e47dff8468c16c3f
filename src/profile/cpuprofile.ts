import { failure } from '../core/errors.ts';
import { type Frame, type Kind, type Profile, profileBuilder } from './model.ts';

type CallFrame = { functionName: string; url: string; lineNumber: number; columnNumber: number };
type RawNode = { id: number; callFrame: CallFrame; children?: number[] };
type Raw = { nodes: RawNode[]; samples: number[]; timeDeltas: number[] };

/** V8's own entries that are no functions: those that have no location and a name in parentheses. */
const special = new Map<string, Kind | 'idle'>([
  ['(program)', 'native'],
  ['(garbage collector)', 'gc'],
  ['(idle)', 'idle'],
]);

/**
 * Reads a V8 CPU profile: what `node --cpu-prof` and Chrome write. Times in ms.
 *
 * Sample i was on top of the stack until the next one was taken, so its time is `timeDeltas[i + 1]` (µs). V8 puts the
 * garbage collector below the root; like Chrome's own view, its time is put on top of the stack that it interrupted.
 * Format: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 * @throws profile_unreadable
 */
export function readCpuProfile(bytes: Uint8Array, file: string): Profile {
  const raw = parse(bytes, file);
  const builder = profileBuilder('cpuprofile', 'ms');
  const byId = placeNodes(raw, file, builder.node);
  let interrupted = -1;
  for (const { id, ms } of timedSamples(raw)) {
    const place = byId.get(id);
    if (place === undefined) throw unreadable(file, 'samples that name nodes of the tree', `a sample of node ${id}`);
    if (place.kind === 'idle') {
      builder.idle(ms);
      interrupted = -1;
    } else if (place.kind === 'gc') {
      builder.add(builder.node(interrupted, place.frame), ms, 1);
    } else {
      builder.add(place.node, ms, 1);
      interrupted = place.kind === 'native' ? -1 : place.node;
    }
  }
  return builder.done();
}

type Place = { node: number; frame: Frame; kind: Kind | 'idle' };

/** Puts the tree below its roots into the profile, callers first. `(root)` itself is no frame. */
function placeNodes(raw: Raw, file: string, node: (parent: number, frame: Frame) => number): Map<number, Place> {
  const known = new Map(raw.nodes.map((n) => [n.id, n]));
  const children = new Set(raw.nodes.flatMap((n) => n.children ?? []));
  const places = new Map<number, Place>();
  const open = raw.nodes.filter((n) => !children.has(n.id)).map((n) => ({ raw: n, parent: -1 }));
  for (let next = open.pop(); next; next = open.pop()) {
    if (places.has(next.raw.id)) throw unreadable(file, 'a tree', `node ${next.raw.id} with two callers`);
    const place = placeOf(next.raw.callFrame, next.parent, node);
    places.set(next.raw.id, place);
    for (const id of next.raw.children ?? []) {
      const child = known.get(id);
      if (!child) throw unreadable(file, 'children that are nodes', `child ${id} that is none`);
      open.push({ raw: child, parent: place.node });
    }
  }
  return places;
}

function placeOf(call: CallFrame, parent: number, node: (parent: number, frame: Frame) => number): Place {
  const kind = call.url === '' ? (special.get(call.functionName) ?? 'native') : 'code';
  const frame: Frame = {
    function: call.functionName,
    file: call.url === '' ? null : call.url,
    line: call.lineNumber < 0 ? null : call.lineNumber + 1,
    column: call.columnNumber < 0 ? null : call.columnNumber + 1,
    kind: kind === 'idle' ? 'native' : kind,
  };
  // the garbage collector gets its place when it is seen, and idle time none
  const placeless = kind === 'idle' || kind === 'gc' || call.functionName === '(root)';
  return { node: placeless ? parent : node(parent, frame), frame, kind };
}

/** Samples with their duration. V8 may write them out of order (negative deltas), so they are sorted by their time. */
function timedSamples(raw: Raw): { id: number; ms: number }[] {
  let at = 0;
  const stamped = raw.samples.map((id, i) => {
    at += raw.timeDeltas[i]!;
    return { id, at };
  });
  if (raw.timeDeltas.some((delta) => delta < 0)) stamped.sort((a, b) => a.at - b.at);
  return stamped.map(({ id, at }, i) => ({ id, ms: ((stamped[i + 1]?.at ?? at) - at) / 1000 }));
}

function parse(bytes: Uint8Array, file: string): Raw {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw unreadable(file, 'JSON', `${bytes.length} bytes that are not JSON (${(error as Error).message})`);
  }
  const raw = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  for (const key of ['nodes', 'samples', 'timeDeltas']) {
    if (!Array.isArray(raw[key])) {
      const keys = Object.keys(raw).slice(0, 6).join(', ') || 'nothing of the kind';
      throw unreadable(file, 'an object with the lists nodes, samples and timeDeltas', `no list ${key} (${keys})`);
    }
  }
  const { nodes, samples, timeDeltas } = raw as Record<keyof Raw, unknown[]>;
  const bad = nodes.findIndex((n) => !isNode(n));
  if (bad !== -1) throw unreadable(file, 'nodes with id and callFrame', `nodes[${bad}] without`);
  if (samples.length !== timeDeltas.length || !timeDeltas.every(Number.isFinite)) {
    throw unreadable(file, 'one time delta per sample', `${samples.length} samples, ${timeDeltas.length} deltas`);
  }
  return raw as unknown as Raw;
}

function isNode(value: unknown): value is RawNode {
  const node = value as Partial<RawNode> | null;
  const call = node?.callFrame;
  return (
    typeof node?.id === 'number' &&
    typeof call?.functionName === 'string' &&
    typeof call.url === 'string' &&
    typeof call.lineNumber === 'number' &&
    typeof call.columnNumber === 'number' &&
    (node.children === undefined || Array.isArray(node.children))
  );
}

function unreadable(file: string, expected: string, found: string) {
  return failure('profile_unreadable', { file, expected, found });
}

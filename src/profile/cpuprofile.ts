import { fieldsOf, jsonOf, unreadable } from './input.ts';
import { type Frame, type Kind, type Profile, type ProfileBuilder, profileBuilder } from './model.ts';
import { type CallFrame, isCallFrame, v8Frame } from './v8-frame.ts';

type RawNode = { id: number; callFrame: CallFrame; children?: number[] };

/** A V8 CPU profile as it stands in files, and as it is put together out of a trace. */
export type RawCpuProfile = { nodes: RawNode[]; samples: number[]; timeDeltas: number[] };

/**
 * Reads a V8 CPU profile: what `node --cpu-prof` and Chrome write.
 * Format: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 * @throws profile_unreadable
 */
export function readCpuProfile(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('cpuprofile', 'ms');
  addCpuProfile(checked(jsonOf(bytes, file), file), file, builder);
  return builder.done();
}

/**
 * Adds a V8 CPU profile. Times in ms.
 *
 * Sample i was on top of the stack until the next one was taken, so its time is `timeDeltas[i + 1]` (µs). V8 puts the
 * garbage collector below the root; like Chrome's own view, its time is put on top of the stack that it interrupted.
 * @throws profile_unreadable
 */
export function addCpuProfile(raw: RawCpuProfile, file: string, builder: ProfileBuilder): void {
  const byId = placeNodes(raw, file, builder.node);
  const { samples, timeDeltas } = inOrder(raw);
  let interrupted = -1;
  for (let i = 0; i < samples.length; i++) {
    const ms = (timeDeltas[i + 1] ?? 0) / 1000;
    const place = byId.get(samples[i]!);
    if (place === undefined)
      throw unreadable(file, 'samples that name nodes of the tree', `a sample of node ${samples[i]}`);
    if (place.kind === 'idle') {
      builder.idle(ms);
      interrupted = -1;
    } else if (place.kind === 'gc') {
      builder.add(builder.node(interrupted, place.frame), ms, 1);
    } else {
      // (root) is no frame of a stack, but a sample of it is time all the same
      builder.add(place.node === -1 ? builder.node(-1, place.frame) : place.node, ms, 1);
      interrupted = place.kind === 'native' ? -1 : place.node;
    }
  }
}

type Place = { node: number; frame: Frame; kind: Kind | 'idle' };

/** Puts the tree below its roots into the profile, callers first. `(root)` itself is no frame. */
function placeNodes(raw: RawCpuProfile, file: string, node: ProfileBuilder['node']): Map<number, Place> {
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

function placeOf(call: CallFrame, parent: number, node: ProfileBuilder['node']): Place {
  const { frame, kind } = v8Frame(call);
  // the garbage collector gets its place when it is seen, and idle time none
  const placeless = kind === 'idle' || kind === 'gc' || call.functionName === '(root)';
  return { node: placeless ? parent : node(parent, frame), frame, kind };
}

/** V8 may write samples out of order (negative deltas): then they are sorted by their time, and the first begins at 0. */
function inOrder({ samples, timeDeltas }: RawCpuProfile): Pick<RawCpuProfile, 'samples' | 'timeDeltas'> {
  if (!timeDeltas.some((delta) => delta < 0)) return { samples, timeDeltas };
  let at = 0;
  const stamped = samples.map((id, i) => {
    at += timeDeltas[i]!;
    return { id, at };
  });
  stamped.sort((a, b) => a.at - b.at);
  return {
    samples: stamped.map(({ id }) => id),
    timeDeltas: stamped.map((sample, i) => sample.at - (stamped[i - 1]?.at ?? 0)),
  };
}

function checked(value: unknown, file: string): RawCpuProfile {
  const raw = fieldsOf(value);
  for (const key of ['nodes', 'samples', 'timeDeltas']) {
    if (!Array.isArray(raw[key])) {
      const keys = Object.keys(raw).slice(0, 6).join(', ') || 'nothing of the kind';
      throw unreadable(file, 'an object with the lists nodes, samples and timeDeltas', `no list ${key} (${keys})`);
    }
  }
  const { nodes, samples, timeDeltas } = raw as Record<keyof RawCpuProfile, unknown[]>;
  const bad = nodes.findIndex((n) => !isNode(n));
  if (bad !== -1) throw unreadable(file, 'nodes with id and callFrame', `nodes[${bad}] without`);
  if (samples.length !== timeDeltas.length || !timeDeltas.every(Number.isFinite)) {
    throw unreadable(file, 'one time delta per sample', `${samples.length} samples, ${timeDeltas.length} deltas`);
  }
  return raw as RawCpuProfile;
}

function isNode(value: unknown): value is RawNode {
  const node = value as Partial<RawNode> | null;
  return (
    typeof node?.id === 'number' &&
    isCallFrame(node.callFrame) &&
    (node.children === undefined || Array.isArray(node.children))
  );
}

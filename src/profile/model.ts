/**
 * What a frame belongs to. A reader says `code` where only the location tells; `classify` turns that into `project`,
 * `dependency`, `runtime` or `native`.
 */
export type Kind = 'code' | 'project' | 'dependency' | 'runtime' | 'native' | 'gc';

/** One function as a profiler saw it. */
export type Frame = {
  /** Empty for an anonymous function. */
  function: string;
  /** Path or URL as found; relative to the project's root once classified as `project`; null for native code. */
  file: string | null;
  /** Where the function begins, from 1. */
  line: number | null;
  column: number | null;
  kind: Kind;
};

/** A node of the call tree. `self` and `samples` are what was seen with this node on top of the stack. */
type Node = {
  /** Index of the caller's node, always smaller than this node's own; -1 at the root. */
  parent: number;
  /** Index into `frames`. */
  frame: number;
  /** In the profile's unit, at least 0. */
  self: number;
  samples: number;
};

export type Unit = 'ms' | 'bytes' | 'samples' | 'instructions';

/** The one form that every profile is read into. */
export type Profile = {
  /** The names of the formats that were read, as in `formats.ts`. */
  format: string;
  unit: Unit;
  frames: Frame[];
  nodes: Node[];
  /** Sum of all `self`: what percentages refer to. Idle time is not in it. */
  total: number;
  samples: number;
  /** False where everything was counted and nothing was left to chance: such shares have no interval. */
  sampled: boolean;
  /** Time in which the program waited and nothing ran, in the same unit. */
  idle: number;
};

/** Builds a profile from stacks; equal frames and equal stacks are kept once. */
export type ProfileBuilder = {
  /** The index of the node for `frame` called from node `parent` (-1: the root). */
  node(parent: number, frame: Frame): number;
  /** Adds weight on top of a node. */
  add(node: number, weight: number, samples: number): void;
  idle(weight: number): void;
  done(): Profile;
};

export function profileBuilder(format: string, unit: Unit, sampled = true): ProfileBuilder {
  const seen = new Map<Frame, number>();
  const frames = new Map<string, number>();
  const nodes = new Map<number, number>();
  const profile: Profile = { format, unit, frames: [], nodes: [], total: 0, samples: 0, sampled, idle: 0 };

  const indexOf = (frame: Frame) =>
    intern(
      frames,
      [frame.kind, frame.function, frame.file, frame.line, frame.column].join('\0'),
      () => profile.frames.push(frame) - 1,
    );
  return {
    node: (parent, frame) => {
      const index = intern(seen, frame, () => indexOf(frame));
      const fresh = () => profile.nodes.push({ parent, frame: index, self: 0, samples: 0 }) - 1;
      return intern(nodes, (parent + 1) * 2 ** 26 + index, fresh);
    },
    add: (node, weight, samples) => {
      const at = profile.nodes[node]!;
      at.self += weight;
      at.samples += samples;
      profile.total += weight;
      profile.samples += samples;
    },
    idle: (weight) => {
      profile.idle += weight;
    },
    done: () => profile,
  };
}

/** One profile out of several of the same unit: those of worker threads and child processes. */
export function mergeProfiles(profiles: readonly [Profile, ...Profile[]]): Profile {
  if (profiles.length === 1) return profiles[0];
  const formats = [...new Set(profiles.map((p) => p.format))].sort();
  const merged = profileBuilder(
    formats.join(', '),
    profiles[0].unit,
    profiles.some((p) => p.sampled),
  );
  for (const profile of profiles) {
    const indexes: number[] = [];
    for (const node of profile.nodes) {
      const parent = node.parent === -1 ? -1 : indexes[node.parent]!;
      const index = merged.node(parent, profile.frames[node.frame]!);
      merged.add(index, node.self, node.samples);
      indexes.push(index);
    }
    merged.idle(profile.idle);
  }
  return merged.done();
}

function intern<Key>(known: Map<Key, number>, key: Key, make: () => number): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

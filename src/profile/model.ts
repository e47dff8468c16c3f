import { failure } from '../core/errors.ts';
import { quantity } from '../core/units.ts';

/**
 * The owner of a frame's code, such as the project. A format's reader sets `code` if the format does not name the owner. `classify` then
 * decides by the frame's location, and replaces `code` by `project`, `dependency`, `runtime` or `native`.
 */
export type Kind = 'code' | 'project' | 'dependency' | 'runtime' | 'native' | 'gc';

/** One function in a profile. */
export type Frame = {
  /** The function's name. Empty for an anonymous function. */
  function: string;
  /**
   * A path or URL as in the profile. Null for native code. Once the frame is classified as `project`, the path is relative to the project's
   * root.
   */
  file: string | null;
  /** The line where the function begins, from 1. */
  line: number | null;
  column: number | null;
  kind: Kind;
};

/** A node of the call tree. `self` (weight) and `samples` count only while this node was on top of the stack. */
type Node = {
  /** Index of the caller's node, always smaller than the node's own index; -1 at the root. */
  parent: number;
  /** Index into `frames`. */
  frame: number;
  /** The line that ran, or the line that called the nodes below. Null if unknown. */
  line: number | null;
  /** The weight while this node was on top of the stack, in the profile's unit; at least 0. */
  self: number;
  samples: number;
};

/**
 * The unit of a profile's weights. `samples`: the profiler counts samples and does not say how long a sample lasted. `events`: the profiler
 * counts other events, such as cache misses or calls.
 */
export type Unit = 'ms' | 'bytes' | 'samples' | 'instructions' | 'cycles' | 'events';

/** A profile, in the one form into which all formats are read. */
export type Profile = {
  /** The names of the formats that were read, as in `formats.ts`, joined by commas. */
  format: string;
  unit: Unit;
  frames: Frame[];
  nodes: Node[];
  /** The sum of all nodes' `self`, without idle time. Percentages refer to it. */
  total: number;
  /** The number of samples. Null if the profile holds samples but does not say how many. */
  samples: number | null;
  /** Whether the weights come from samples. If false, everything was counted, so that shares are exact and have no interval. */
  sampled: boolean;
  /** Time in which nothing ran because the program waited, in the profile's unit. */
  idle: number;
  /** Sentences for a reader. Each sentence describes content of the file that is missing from the profile. */
  notes: string[];
};

/** Builds a profile from stacks. Equal frames and equal stacks are kept once. */
export type ProfileBuilder = {
  /**
   * Returns the index of the node for a line of `frame`, called from the node `parent`. Adds the node if it is new. The root has the index
   * -1.
   */
  node(parent: number, frame: Frame, line?: number | null): number;
  /**
   * Combines a frame and a line into one number, the `place` argument of `below`. Readers of formats with a table of frames call this
   * method once for each frame.
   */
  place(frame: Frame, line?: number | null): number;
  /** Like `node`, but takes the number that `place` returned. Readers of large profiles call `below` for every frame of every stack. */
  below(parent: number, place: number): number;
  /**
   * Adds weight to a node that was on top of the stack. A negative weight, as in a difference of two profiles, is left out, with a note.
   */
  add(node: number, weight: number, samples: number): void;
  /**
   * Adds weight that the file assigns to no function. This weight counts for a frame called `name`, so that the other shares do not become
   * too large.
   */
  unnamed(name: string, weight: number, samples: number): void;
  idle(weight: number): void;
  /** Adds a note on content that was left out. A repeated sentence is added only once. */
  note(sentence: string): void;
  done(): Profile;
};

/** Limits against small hostile files whose stacks would fill the memory. Profiles of real profilers stay below both limits. */
const deepest = 10_000;
const most = 20_000_000;

const tooLarge = (format: string, expected: string) =>
  failure('profile_unreadable', { file: `of the format ${format}`, expected, found: 'more' });

/**
 * Makes an empty profile to add stacks to. `sampled`: see `Profile`.
 * @throws profile_unreadable, when a node is added: a stack is too deep, or there are too many stacks
 */
export function profileBuilder(format: string, unit: Unit, sampled = true): ProfileBuilder {
  const seen = new Map<Frame, number>();
  const frames = new Map<string, number>();
  const children = childTable();
  const profile: Profile = { format, unit, frames: [], nodes: [], total: 0, samples: 0, sampled, idle: 0, notes: [] };
  const negative = { weight: 0, count: 0 };

  const frameIndex = (frame: Frame) =>
    intern(seen, frame, () =>
      intern(
        frames,
        [frame.kind, frame.function, frame.file, frame.line, frame.column].join('\0'),
        () => profile.frames.push(frame) - 1,
      ),
    );
  /** Pairs of a frame and one of its lines, by number. A null line stands for the whole frame. */
  const places: { frame: number; line: number | null }[] = [];
  const placesOf: Map<number | null, number>[] = [];
  const place = (frame: Frame, line: number | null = null) => {
    const index = frameIndex(frame);
    placesOf[index] ??= new Map();
    return intern(placesOf[index], line, () => places.push({ frame: index, line }) - 1);
  };
  const depths: number[] = [];
  const below = (parent: number, at: number) => {
    const found = children.find(parent, at);
    if (found !== -1) return found;
    const depth = parent === -1 ? 1 : depths[parent]! + 1;
    depths.push(depth);
    if (depth > deepest) throw tooLarge(format, `stacks of at most ${deepest} frames`);
    if (depths.length > most) throw tooLarge(format, `at most ${most} different stacks`);
    const node = profile.nodes.push({ parent, ...places[at]!, self: 0, samples: 0 }) - 1;
    children.add(parent, at, node);
    return node;
  };
  const add = (node: number, weight: number, samples: number) => {
    if (weight < 0) {
      negative.weight -= weight;
      negative.count++;
      return;
    }
    const at = profile.nodes[node]!;
    at.self += weight;
    at.samples += samples;
    profile.total += weight;
    profile.samples! += samples;
  };
  const note = (sentence: string) => {
    if (!profile.notes.includes(sentence)) profile.notes.push(sentence);
  };
  return {
    node: (parent, frame, line) => below(parent, place(frame, line)),
    place,
    below,
    add,
    unnamed: (name, weight, samples) => {
      const frame: Frame = { function: name, file: null, line: null, column: null, kind: 'native' };
      if (weight !== 0) add(below(-1, place(frame)), weight, samples);
    },
    idle: (weight) => {
      profile.idle += weight;
    },
    note,
    done: () => {
      if (negative.count > 0) note(negativeNote(negative, unit));
      return profile;
    },
  };
}

const negativeNote = ({ weight, count }: { weight: number; count: number }, unit: Unit) =>
  `Left out: ${count} negative ${count === 1 ? 'value' : 'values'} (−${quantity(weight, unit)}), as in a difference of two profiles. \`hotspots NEW --against OLD\` compares two profiles.`;

/**
 * The children of each node, by the number that `place` returned. Most nodes have only one child. `firstPlace` and `firstNode`
 * hold each node's first child, and only further children need a map.
 */
function childTable() {
  const firstPlace: number[] = [-1]; // index 0 belongs to the root, index 1 to node 0, and so on
  const firstNode: number[] = [-1];
  const others = new Map<number, Map<number, number>>();
  return {
    find(parent: number, place: number): number {
      if (firstPlace[parent + 1] === place) return firstNode[parent + 1]!;
      return others.get(parent)?.get(place) ?? -1;
    },
    /** Must be called for the nodes in the order of their indexes. */
    add(parent: number, place: number, node: number): void {
      if (firstPlace[parent + 1] === -1) {
        firstPlace[parent + 1] = place;
        firstNode[parent + 1] = node;
      } else {
        const map = others.get(parent) ?? new Map<number, number>();
        others.set(parent, map.set(place, node));
      }
      firstPlace.push(-1);
      firstNode.push(-1);
    },
  };
}

/** Merges profiles of the same unit, such as those of worker threads and child processes. */
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
      const index = merged.node(parent, profile.frames[node.frame]!, node.line);
      merged.add(index, node.self, node.samples);
      indexes.push(index);
    }
    merged.idle(profile.idle);
    for (const sentence of profile.notes) merged.note(sentence);
  }
  const isCounted = profiles.every(({ samples }) => samples !== null);
  return isCounted ? merged.done() : { ...merged.done(), samples: null };
}

/** The weight of each node, including everything that the node called. */
export function withCallees({ nodes }: Profile): number[] {
  const weights = nodes.map((node) => node.self);
  for (let i = nodes.length - 1; i >= 0; i--) if (nodes[i]!.parent !== -1) weights[nodes[i]!.parent]! += weights[i]!;
  return weights;
}

function intern<Key>(known: Map<Key, number>, key: Key, make: () => number): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

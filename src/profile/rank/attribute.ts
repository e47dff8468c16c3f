import { type Frame, type Kind, type Profile, withCallees } from '../model.ts';
import { enclosing } from './enclosing.ts';

/** The cost of a function of the project, in the profile's unit. */
export type Share = {
  frame: Frame;
  /** Weight while the function, or a callback written inside it, was on top of the stack. */
  self: number;
  /** `self` plus the weight of code outside the project that ran on the function's behalf. */
  attributed: number;
  /** Weight while the function was anywhere on the stack, counted once per stack. */
  total: number;
  /** The number of samples in `attributed`. */
  samples: number;
  /** The number of samples with the function's own code on top of the stack. If nothing was sampled, the number of the function's calls. */
  ownSamples: number;
  /** Weight of code outside the project that ran on the function's behalf, by the kind of code. */
  kinds: Map<Kind, number>;
  /**
   * Weight of code outside the project that ran on the function's behalf, by the name of the outside function that was called, such as
   * `zlib.gzipSync`.
   */
  outside: Map<string, number>;
  /** `attributed` by the line that ran or made the call, if known. */
  lines: Map<number, number>;
  /**
   * `attributed` by caller. The key is the index in `frames` of the project's function that called this function, or -1 without such a
   * caller.
   */
  callers: Map<number, number>;
};

/**
 * Adds up the costs in a classified profile for each function of the project. Time in code outside the project counts for the nearest
 * caller inside the project. Time without such a caller, such as start-up, counts for no function.
 */
export function attribute(profile: Profile): Share[] {
  const owners = ownersOf(profile);
  const shares = new Map<number, Share>();
  const shareOf = (owner: number) => {
    const share = shares.get(owner) ?? {
      frame: profile.frames[owner]!,
      self: 0,
      attributed: 0,
      total: 0,
      samples: 0,
      ownSamples: 0,
      kinds: new Map(),
      outside: new Map(),
      lines: new Map(),
      callers: new Map(),
    };
    shares.set(owner, share);
    return share;
  };
  const below = withCallees(profile);
  const entries: number[] = [];
  const lines: (number | null)[] = [];
  const callers: number[] = [];
  profile.nodes.forEach((node, i) => {
    const { parent } = node;
    const isOwn = profile.frames[node.frame]!.kind === 'project';
    // for a node outside the project, the node (this one or one of its callers) that the project's code called directly
    entries.push(isOwn ? -1 : parent === -1 || entries[parent] === -1 ? i : entries[parent]!);
    // the last line of the project's code on the stack, because code outside the project counts for the line that called it
    lines.push(isOwn ? node.line : parent === -1 ? null : lines[parent]!);
    callers.push(parent === -1 ? -1 : owners[parent] === owners[i] ? callers[parent]! : owners[parent]!);
    const owner = owners[i]!;
    if (owner === -1) return;
    const share = shareOf(owner);
    share.attributed += node.self;
    share.samples += node.samples;
    if (node.self > 0) {
      if (lines[i] !== null) addTo(share.lines, lines[i]!, node.self);
      addTo(share.callers, callers[i]!, node.self);
    }
    if (isOwn) {
      share.self += node.self;
      share.ownSamples += node.samples;
    } else addTo(share.kinds, profile.frames[node.frame]!.kind, node.self);
    if (!isOwn && node.self > 0) {
      const name = nameOf(profile.frames[profile.nodes[entries[i]!]!.frame]!);
      addTo(share.outside, name, node.self);
    }
    if (!isCalledBy(profile, owners, i, owner)) share.total += below[i]!;
  });
  return [...shares.values()];
}

function addTo<Key>(sums: Map<Key, number>, key: Key, weight: number): void {
  sums.set(key, (sums.get(key) ?? 0) + weight);
}

/** The label of an outside function, such as `zlib.gzipSync` or `parse of left-pad`: the name, and the package if there is one. */
function nameOf({ function: name, file }: Frame): string {
  const pack = file?.match(/(?:node_modules|site-packages)\/((?:@[^/]+\/)?[^/]+)/)?.[1];
  return [name || '(anonymous)', pack && `of ${pack}`].filter(Boolean).join(' ');
}

/**
 * For each node, the frame of the project that the node's time belongs to. The value is -1 without such a frame. One pass is
 * enough, because callers come before callees.
 */
function ownersOf(profile: Profile): number[] {
  const same = sameFunction(profile.frames);
  const owners: number[] = [];
  profile.nodes.forEach((node, i) => {
    const frame = profile.frames[node.frame]!;
    if (frame.kind !== 'project') owners.push(node.parent === -1 ? -1 : owners[node.parent]!);
    else owners.push(same[enclosing(profile, i) ?? node.frame]!);
  });
  return owners;
}

/** For each frame, the first frame with the same name and line. Columns are ignored, because a ranking names functions only by line. */
function sameFunction(frames: Frame[]): number[] {
  const first = new Map<string, number>();
  return frames.map((frame, i) => {
    const key = `${frame.kind} ${frame.function} ${frame.file}:${frame.line}`;
    if (!first.has(key)) first.set(key, i);
    return first.get(key)!;
  });
}

/**
 * Whether the function that owns the node's time also occurs further up the stack. The function's total then already includes this node.
 */
function isCalledBy(profile: Profile, owners: number[], at: number, owner: number): boolean {
  for (let i = profile.nodes[at]!.parent; i !== -1; i = profile.nodes[i]!.parent) if (owners[i] === owner) return true;
  return false;
}

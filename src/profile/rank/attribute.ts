import type { Frame, Profile } from '../model.ts';
import { withCallees } from './with-callees.ts';

/** What one function of the project costs, in the profile's unit. */
export type Share = {
  frame: Frame;
  /** On top of the stack, inline callbacks included. */
  self: number;
  /** `self`, and what ran outside of the project on its behalf. */
  attributed: number;
  /** Anywhere on the stack, once per stack. */
  total: number;
  /** Samples behind `attributed`. */
  samples: number;
  /** What ran outside of the project on its behalf: what it called there first, by name, with its weight. */
  outside: Map<string, number>;
  /** `attributed` by the line that ran or made the call, where the profiler tells it. */
  lines: Map<number, number>;
  /** `attributed` by the function of the project that called this one: its index in `frames`, -1 for none. */
  callers: Map<number, number>;
};

/** Names that stand for “a function without a name”, in the languages whose profiles are read. */
const anonymous = /^(|\(?anonymous\)?|<anonymous>|<lambda>|<(list|dict|set)comp>|<genexpr>)$/;

/**
 * Adds a classified profile up by function of the project. Time outside of the project belongs to the nearest caller
 * inside it; time without such a caller (start-up, for one) to nobody.
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
    // where the stack left the project: the node itself, or that of its caller outside
    entries.push(isOwn ? -1 : parent === -1 || entries[parent] === -1 ? i : entries[parent]!);
    // in the project's code: what runs outside of it belongs to the line that called there
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
    if (isOwn) share.self += node.self;
    else if (node.self > 0) {
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

/** `zlib.gzipSync`, `parse of left-pad`: the function, and the package where it is one's. */
function nameOf({ function: name, file }: Frame): string {
  const pack = file?.match(/(?:node_modules|site-packages)\/((?:@[^/]+\/)?[^/]+)/)?.[1];
  return [name || '(anonymous)', pack && `of ${pack}`].filter(Boolean).join(' ');
}

/** For each node the frame that its time belongs to, or -1. Callers come before callees, so one pass does. */
function ownersOf(profile: Profile): number[] {
  const same = sameFunction(profile.frames);
  const owners: number[] = [];
  profile.nodes.forEach((node, i) => {
    const frame = profile.frames[node.frame]!;
    if (frame.kind !== 'project') owners.push(node.parent === -1 ? -1 : owners[node.parent]!);
    else owners.push(same[(anonymous.test(frame.function) ? enclosing(profile, i) : undefined) ?? node.frame]!);
  });
  return owners;
}

/** For each frame the first one of the same name and line. Columns are left out: one line is one place to a reader. */
function sameFunction(frames: Frame[]): number[] {
  const first = new Map<string, number>();
  return frames.map((frame, i) => {
    const key = `${frame.kind} ${frame.function} ${frame.file}:${frame.line}`;
    if (!first.has(key)) first.set(key, i);
    return first.get(key)!;
  });
}

/**
 * The named function that an anonymous one is written in, as far as the stack tells: of its callers in the same file
 * the one that begins last before it. So `list.sort((a, b) => …)` is one hotspot and not two.
 */
function enclosing(profile: Profile, at: number): number | undefined {
  const inner = profile.frames[profile.nodes[at]!.frame]!;
  let best: number | undefined;
  for (let i = profile.nodes[at]!.parent; i !== -1; i = profile.nodes[i]!.parent) {
    const index = profile.nodes[i]!.frame;
    const frame = profile.frames[index]!;
    if (frame.file !== inner.file || anonymous.test(frame.function) || !isBefore(frame, inner)) continue;
    if (best === undefined || isBefore(profile.frames[best]!, frame)) best = index;
  }
  return best;
}

function isBefore(a: Frame, b: Frame): boolean {
  if (a.line === null || b.line === null) return false;
  return a.line < b.line || (a.line === b.line && (a.column ?? 0) < (b.column ?? 0));
}

/** Whether the owner is further up the stack as well: then its total holds this node already. */
function isCalledBy(profile: Profile, owners: number[], at: number, owner: number): boolean {
  for (let i = profile.nodes[at]!.parent; i !== -1; i = profile.nodes[i]!.parent) if (owners[i] === owner) return true;
  return false;
}

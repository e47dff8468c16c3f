import { type Frame, type Profile, profileBuilder } from '../model.ts';

/** A profile whose nodes are stacks of functions: of frames that are `same`, the first stands for all, and lines that ran for none. */
export function byStack({ format, unit, sampled, frames, nodes }: Profile, same: (frame: Frame) => string): Profile {
  const first = new Map<string, Frame>();
  const kept = frames.map((frame) => {
    const key = same(frame);
    if (!first.has(key)) first.set(key, frame);
    return first.get(key)!;
  });
  const builder = profileBuilder(format, unit, sampled);
  const indexes: number[] = [];
  for (const { parent, frame, self, samples } of nodes) {
    const index = builder.node(parent === -1 ? -1 : indexes[parent]!, kept[frame]!);
    builder.add(index, self, samples);
    indexes.push(index);
  }
  return builder.done();
}

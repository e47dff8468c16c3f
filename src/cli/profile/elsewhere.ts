import { isAbsolute } from 'node:path';
import type { Hotspots } from '../../profile/hotspots.ts';
import type { Profile } from '../../profile/model.ts';

const others = /\/(node_modules|site-packages|dist-packages|vendor)\//;

/** Where nothing of the project was found: the file outside of it that cost most, which may show where the project really lay. */
export function elsewhere({ hotspots }: Hotspots, { nodes, frames }: Profile): string | null {
  if (hotspots.length > 0) return null;
  const costs = new Map<string, number>();
  for (const { frame, self } of nodes) {
    const { kind, file } = frames[frame]!;
    if (kind !== 'dependency' || file === null || !(isAbsolute(file) || file.startsWith('..')) || others.test(file))
      continue;
    costs.set(file, (costs.get(file) ?? 0) + self);
  }
  return (
    [...costs].reduce<[string, number] | null>((most, each) => (most && most[1] >= each[1] ? most : each), null)?.[0] ??
    null
  );
}

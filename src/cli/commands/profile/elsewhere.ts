import { isAbsolute } from 'node:path';
import { oneLine } from '../../../core/text.ts';
import type { Profile } from '../../../profile/model.ts';
import type { Hotspots } from '../../../profile/rank/hotspots.ts';

const others = /\/(node_modules|site-packages|dist-packages|vendor)\//;

/** Less of the whole shows nothing. */
const much = 0.05;

/** Where nothing of the project was found: the file outside of it that cost most, which may show where the project really lay. */
export function elsewhere({ hotspots }: Hotspots, { nodes, frames, total }: Profile): string | null {
  if (hotspots.length > 0) return null;
  const costs = new Map<string, number>();
  for (const { frame, self } of nodes) {
    const { kind, file } = frames[frame]!;
    const isOutside = file !== null && (isAbsolute(file) || file.startsWith('..')) && !others.test(file);
    if (kind === 'dependency' && isOutside) costs.set(file, (costs.get(file) ?? 0) + self);
  }
  const [file, cost] = [...costs].sort(([, a], [, b]) => b - a)[0] ?? [null, 0];
  return file !== null && cost >= total * much ? oneLine(file) : null;
}

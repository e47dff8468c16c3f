import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Door, readJson } from './read-json.ts';

/** A plugin in a marketplace's list of offers. `root`: the plugin's folder. Null if the plugin comes from elsewhere, such as GitHub. */
export type Offer = { name: string; root: string | null; offered: { hooks: unknown; file: string } };

const schema = z.object({
  metadata: z
    .object({ pluginRoot: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  plugins: z.array(
    z
      .object({ name: z.string().min(1), source: z.unknown().optional(), hooks: z.unknown().optional() })
      .nullable()
      .catch(null),
  ),
});

export const marketplaceOf = (folder: string) => join(folder, '.claude-plugin', 'marketplace.json');

/** Reads which plugins the marketplace in this folder offers. */
export function offersOf(folder: string): Door<Offer[]> {
  const door = readJson(marketplaceOf(folder));
  if (door.state !== 'read') return door;
  const read = schema.safeParse(door.value);
  if (!read.success) return { state: 'refused', reason: 'it has no `plugins` list' };
  const base = resolve(folder, read.data.metadata?.pluginRoot ?? '.');
  const offers = read.data.plugins.filter((entry) => entry !== null);
  return {
    state: 'read',
    value: offers.map(({ name, source, hooks }) => ({
      name,
      offered: { hooks, file: marketplaceOf(folder) },
      root: typeof source === 'string' ? resolve(base, source) : null,
    })),
  };
}

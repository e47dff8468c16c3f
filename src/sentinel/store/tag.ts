import { z } from 'zod';
import { failure } from '../../core/errors.ts';
import { marketplaceOf } from '../discover/marketplace.ts';
import { manifestOf } from '../discover/plugin.ts';
import { readJson } from '../discover/read-json.ts';

/** The name of a baseline, and of its file. `version`: the version of the measured plugins. Null if no manifest contains a version. */
export type Tag = { tag: string; version: string | null };

const pattern = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;

/** The file name of the link to the newest baseline. */
export const LATEST = 'latest';

/** Checks a tag that a user gave. @throws hook_baseline_tag */
export function checkedTag(tag: string): string {
  if (!pattern.test(tag) || tag === LATEST) throw failure('hook_baseline_tag', { tag });
  return tag;
}

const marketplace = z.object({
  version: z.string().optional(),
  metadata: z.object({ version: z.string().optional() }).optional(),
});
const manifest = z.object({ version: z.string().optional() });

/**
 * A tag for a new baseline. The tag is the version of a marketplace in one of the folders. If no marketplace has a version, the tag is the
 * version of a plugin in one of the folders. Without any version, the tag is the day of `now` (ISO 8601).
 */
export function tagOf(folders: readonly string[], now: string): Tag {
  for (const read of [versionOfMarketplace, versionOfPlugin])
    for (const folder of folders) {
      const version = read(folder);
      if (version !== undefined && pattern.test(`v${version}`))
        return { tag: `v${version.replace(/^v/, '')}`, version };
    }
  return { tag: now.slice(0, 10), version: null };
}

function versionOfMarketplace(folder: string): string | undefined {
  const door = readJson(marketplaceOf(folder));
  const read = marketplace.safeParse(door.state === 'read' ? door.value : undefined);
  return read.data?.version ?? read.data?.metadata?.version;
}

function versionOfPlugin(folder: string): string | undefined {
  const door = readJson(manifestOf(folder));
  return manifest.safeParse(door.state === 'read' ? door.value : undefined).data?.version;
}

import type { Profile } from '../model.ts';
import { type Module, profileOfModules } from '../parsing/bundle.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, listOf, stringOf, unreadable } from '../parsing/input.ts';

/**
 * Reads the raw data of rollup-plugin-visualizer (`template: 'raw-data'`). vite-bundle-visualizer writes the same data.
 * Format: https://github.com/btd/rollup-plugin-visualizer, `shared/types.ts`
 * @throws profile_unreadable
 */
export function readVisualizer(bytes: Uint8Array, file: string): Profile {
  const { nodeParts, nodeMetas } = fieldsOf(jsonOf(bytes, file));
  const sizes = new Map<string, number>();
  for (const part of entriesOf(nodeParts).values()) {
    const { metaUid, renderedLength } = fieldsOf(part);
    sizes.set(stringOf(metaUid), (sizes.get(stringOf(metaUid)) ?? 0) + amountOf(renderedLength));
  }
  const metas = entriesOf(nodeMetas);
  if (metas.size === 0) throw unreadable(file, 'raw data with nodeMetas and nodeParts', 'no nodeMetas');
  // the plugin removes the project's root from an id, but not the slash after the root
  const idOf = (meta: unknown) => stringOf(fieldsOf(meta).id).replace(/^\//, '');
  const modules = [...metas].map(([uid, meta]): Module => {
    const imported = listOf(fieldsOf(meta).imported).map((each) => idOf(metas.get(stringOf(fieldsOf(each).uid))));
    return { id: idOf(meta), bytes: sizes.get(uid) ?? 0, imports: imported };
  });
  const entries = [...metas.values()].filter((meta) => fieldsOf(meta).isEntry === true);
  return profileOfModules('visualizer', modules, entries.map(idOf));
}

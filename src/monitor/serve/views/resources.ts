import { figures } from '../../resources/figures.ts';
import { resourcesIn } from '../../resources/rows.ts';
import { resourcePoints } from './resource-points.ts';
import { type Seen, spanOf } from './seen.ts';

/** The resources that clients use: at present, over the whole time span, and per time step. */
export function resources(seen: Seen) {
  const span = spanOf(seen);
  const { supported, rows } = resourcesIn(seen.db, span);
  return {
    supported,
    rows: rows.map((row) => ({ ...row, words: figures.find(({ name }) => name === row.metric)!.words })),
    clients: seen.clients().map(({ pid, look }) => ({ pid, look })),
    ...resourcePoints(seen.db, span),
  };
}

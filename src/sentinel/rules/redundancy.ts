import type { Hook } from '../hook.ts';
import type { Place, Script } from '../shell/script.ts';
import { placesOf } from './commands.ts';
import { mainFileOf } from './main-file.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** Work that several hooks repeat. */
export type Redundancy = Pick<Piece, 'kind' | 'what'> & {
  /** The ids of the hooks that repeat the work, in the order in which the hooks were given. */
  hooks: readonly string[];
  lines: readonly Place[];
};

type Member = { piece: Piece; hook: string; event: string; main: string };

/** The work that several hooks repeat: commands, file tests, functions, and reading the event's JSON. Hooks that never run are left out. */
export function redundancy(hooks: readonly Hook[], scripts: ReadonlyMap<string, Script>): Redundancy[] {
  const alive = hooks.filter(({ id, dead, runs_as }) => dead === null && runs_as === null && scripts.has(id));
  const groups = new Map<string, Member[]>();
  for (const { id, event } of alive) {
    const script = scripts.get(id)!;
    const main = mainFileOf(script) ?? id;
    for (const piece of piecesOf(script)) {
      const key = `${piece.kind} ${piece.key}`;
      groups.set(key, [...(groups.get(key) ?? []), { piece, hook: id, event, main }]);
    }
  }
  return [...groups.values()].filter(isSeveral).map((group) => ({
    kind: group[0]!.piece.kind,
    what: group[0]!.piece.what,
    hooks: [...new Set(group.map(({ hook }) => hook))],
    lines: placesOf(group.map(({ piece }) => piece)),
  }));
}

/**
 * Whether the hooks of a group really repeat the work. A script that is declared for several events counts as one hook. If several scripts
 * source one file, the work is repeated only if one event runs at least two of these scripts.
 */
function isSeveral(group: readonly Member[]): boolean {
  const count = (of: (member: Member) => string) => new Set(group.map(of)).size;
  if (count(({ main }) => main) < 2) return false;
  if (count(({ piece }) => piece.at.file) > 1) return true;
  const runs = new Set(group.map(({ event, main }) => `${event} ${main}`));
  return group[0]!.piece.kind !== 'function' && runs.size > count(({ event }) => event);
}

import type { RoomOfSession } from '../experiment/judged.ts';

type Why = Extract<RoomOfSession, { walls: 'none' }>['why'];

const networks = {
  none: 'no network',
  loopback: 'its own loopback network',
  full: 'the machine’s network',
};

const homes = {
  overlay: 'writes into HOME are discarded',
  read_only: 'HOME is read-only',
};

const reasons: { [Code in Why['code']]: (why: Extract<Why, { code: Code }>) => string } = {
  no_walls: ({ text }) => `this machine allows no closed room (${text})`,
  base_fails: ({ text }) => `the base does not run in a closed room (${text})`,
  in_place: () => 'the arms are the work tree itself (`isolation: in_place`)',
  not_interleaved: () => 'the base was measured earlier, outside of a closed room',
  method: () => 'the instrument on this machine has no helper process, which a closed room needs',
};

/** Words that say whether a session ran in a closed room, such as `measured without a closed room: …`. */
export function roomText(room: RoomOfSession): string {
  if (room.walls === 'none')
    return `measured without a closed room: ${(reasons[room.why.code] as (why: Why) => string)(room.why)}`;
  const walls =
    room.walls === 'namespaces'
      ? 'measured in a closed room (namespaces)'
      : 'measured in a room that forbids writes outside of it, but hides nothing from the program (Landlock)';
  return `${walls}: ${homes[room.home]}, ${networks[room.network]}`;
}

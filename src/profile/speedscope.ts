import { amountOf, type Fields, fieldsOf, jsonOf, lineOf, listOf, stringOf, unreadable } from './input.ts';
import { type Frame, type Profile, type ProfileBuilder, profileBuilder, type Unit } from './model.ts';

const units: Record<string, [Unit, number]> = {
  bytes: ['bytes', 1],
  nanoseconds: ['ms', 1e-6],
  microseconds: ['ms', 1e-3],
  milliseconds: ['ms', 1],
  seconds: ['ms', 1000],
  none: ['samples', 1],
};

/**
 * Reads speedscope's own format, sampled and evented: py-spy, rbspy, austin, and its converters write it. Several profiles in one
 * file are threads and are added up; they must be of one unit.
 * Format: https://www.speedscope.app/file-format-schema.json
 * @throws profile_unreadable
 */
export function readSpeedscope(bytes: Uint8Array, file: string): Profile {
  const { shared, profiles } = fieldsOf(jsonOf(bytes, file));
  const frames = listOf(fieldsOf(shared).frames).map(frameOf);
  const list = listOf(profiles).map(fieldsOf);
  if (list.length === 0) throw unreadable(file, 'speedscope profiles', 'none');
  const unit = stringOf(list[0]!.unit);
  if (!Object.hasOwn(units, unit) || list.some((each) => each.unit !== unit))
    throw unreadable(
      file,
      `profiles of one unit of ${Object.keys(units).join(', ')}`,
      list.map((p) => p.unit).join(', '),
    );
  const [into, scale] = units[unit]!;
  const sampled = list.some((each) => each.type === 'sampled');
  const builder = profileBuilder('speedscope', into, sampled);
  list.forEach((profile, i) => {
    const place = `profiles[${i}]`;
    const at = { file, place, scale, frame: frameAt(frames.map(builder.frame), file, place) };
    if (profile.type === 'sampled') addSamples(profile, at, builder);
    else if (profile.type === 'evented') addEvents(profile, at, builder);
    else throw unreadable(file, 'a profile that is sampled or evented', `${at.place}.type ${String(profile.type)}`);
  });
  return builder.done();
}

type At = { file: string; place: string; scale: number; frame(index: unknown): number };

function addSamples({ samples, weights }: Fields, at: At, builder: ProfileBuilder): void {
  const amounts = listOf(weights);
  listOf(samples).forEach((stack, i) => {
    let node = -1;
    for (const index of listOf(stack)) node = builder.below(node, at.frame(index));
    if (node !== -1) builder.add(node, amountOf(amounts[i]) * at.scale, 1);
    else builder.idle(amountOf(amounts[i]) * at.scale);
  });
}

/** The time between two events belongs to the frame that was opened last. */
function addEvents({ events, startValue }: Fields, at: At, builder: ProfileBuilder): void {
  const stack: { node: number; frame: unknown }[] = [];
  let last = typeof startValue === 'number' ? startValue : 0;
  listOf(events).forEach((raw, i) => {
    const { type, frame, at: time } = fieldsOf(raw);
    const wrong = (expected: string, found: string) =>
      unreadable(at.file, expected, `${at.place}.events[${i}] ${found}`);
    if (typeof time !== 'number' || time < last)
      throw wrong('events in the order of their times', `at ${String(time)}`);
    const top = stack.at(-1);
    if (top) builder.add(top.node, (time - last) * at.scale, 0);
    last = time;
    if (type === 'O') {
      const node = builder.below(top?.node ?? -1, at.frame(frame));
      builder.add(node, 0, 1);
      stack.push({ node, frame });
    } else if (type === 'C' && top?.frame === frame) stack.pop();
    else
      throw wrong('frames that are closed in the order they were opened', `${String(type)} of frame ${String(frame)}`);
  });
}

/** From an index of `shared.frames` to that of the builder. */
function frameAt(known: readonly number[], file: string, place: string) {
  return (index: unknown): number => {
    const frame = known[index as number];
    if (frame === undefined) throw unreadable(file, 'frames of shared.frames', `${place} with frame ${String(index)}`);
    return frame;
  };
}

/** A frame without a file may be anybody's; it counts as native, like a symbol without a place. */
function frameOf(value: unknown): Frame {
  const { name, file, line, col } = fieldsOf(value);
  return {
    function: stringOf(name),
    file: stringOf(file) || null,
    line: lineOf(line),
    column: lineOf(col),
    kind: 'code',
  };
}

export const looksLikeSpeedscope = (start: string) =>
  /speedscope\.app\/file-format-schema/.test(start) || /"shared"\s*:\s*\{\s*"frames"/.test(start);

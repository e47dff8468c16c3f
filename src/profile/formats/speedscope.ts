import { type Frame, type Kind, type Profile, type ProfileBuilder, profileBuilder, type Unit } from '../model.ts';
import { functionFrames, ownWithoutFiles } from '../parsing/frames.ts';
import { fieldsOf, lineOf, listOf, stringOf, unreadable } from '../parsing/input.ts';
import {
  eachItem,
  fieldsReader,
  type Json,
  jsonFrom,
  number,
  numbers,
  skip,
  source,
  value,
  whole,
} from '../parsing/json-cursor.ts';
import { valueAt } from '../parsing/values.ts';

const units: Record<string, [Unit, number]> = {
  bytes: ['bytes', 1],
  nanoseconds: ['ms', 1e-6],
  microseconds: ['ms', 1e-3],
  milliseconds: ['ms', 1],
  seconds: ['ms', 1000],
  none: ['samples', 1],
};

/**
 * Reads speedscope's own format, sampled and evented, which py-spy, rbspy, austin and speedscope's converters write. If a file holds
 * several profiles, each profile is a thread, and their weights are added up. Reads only profiles of the unit `asked`. By default, this is
 * the unit of the first profile. Other profiles are left out, with a note. Format: https://www.speedscope.app/file-format-schema.json
 * @throws profile_unreadable, profile_value
 */
export function readSpeedscope(bytes: Uint8Array, file: string, asked?: string): Profile {
  const { frames, profiles: all, own } = parts(bytes, file);
  if (all.length === 0) throw unreadable(file, 'speedscope profiles', 'none');
  const unitsHere = all.map((each) => each.unit);
  const unit = unitsHere[valueAt(unitsHere, asked, file)]!;
  if (!Object.hasOwn(units, unit))
    throw unreadable(file, `profiles whose unit is one of ${Object.keys(units).join(', ')}`, unitsHere.join(', '));
  const profiles = all.filter((each) => each.unit === unit);
  const [known, scale] = units[unit]!;
  const into = unit === 'none' ? (own.unit ?? known) : known;
  const sampled = profiles.some((each) => each.type === 'sampled');
  const builder = profileBuilder('speedscope', into, sampled);
  const places = own.kinds ? frames.map((frame) => builder.place(frame)) : placesOf(frames, builder);
  profiles.forEach((profile, i) => {
    const at = { file, place: `profiles[${i}]`, scale, places };
    if (profile.type === 'sampled') addSamples(profile, at, builder);
    else if (profile.type === 'evented') addEvents(profile, at, builder);
    else throw unreadable(file, 'a profile that is sampled or evented', `${at.place}.type ${profile.type}`);
  });
  const others = all.length - profiles.length;
  if (others > 0)
    builder.note(
      `Left out: ${others} of the file’s ${all.length} profiles, because their unit is not ${unit}. Choose with --value.`,
    );
  const profile = ownWithoutFiles(builder.done());
  return own.isCounted ? profile : { ...profile, samples: null };
}

/** perf-gate's own fields in addition to the format's, see `toSpeedscope`. */
type Own = { unit?: Unit; kinds?: Kind[]; isCounted: boolean };

const ownUnits: readonly Unit[] = ['samples', 'instructions', 'cycles', 'events'];
const ownKinds: readonly Kind[] = ['code', 'project', 'dependency', 'runtime', 'native', 'gc'];

function ownOf(value: unknown): Own {
  const { unit, kinds, counted } = fieldsOf(value);
  const known = ownUnits.find((each) => each === unit);
  const listed = listOf(kinds).map((kind) => ownKinds.find((each) => each === kind) ?? 'code');
  return {
    ...(known ? { unit: known } : {}),
    ...(listed.length > 0 ? { kinds: listed } : {}),
    isCounted: counted !== false,
  };
}

/** The small fields of a profile, and the positions of its long lists. */
type Part = { type: string; unit: string; start: number; end: number; samples?: Json; weights?: Json; events?: Json };

/** Finds the parts of a file. Long lists are read later, because the frames and types that a list refers to may come after it. */
function parts(bytes: Uint8Array, file: string): { frames: Frame[]; profiles: Part[]; own: Own } {
  let frames: Frame[] = [];
  let own: Own = { isCounted: true };
  const profiles: Part[] = [];
  const later = (name: 'samples' | 'weights' | 'events') => (json: Json) => {
    profiles.at(-1)![name] = { ...json };
    skip(json);
  };
  const readProfile = fieldsReader({
    type: (json) => {
      profiles.at(-1)!.type = stringOf(value(json));
    },
    unit: (json) => {
      profiles.at(-1)!.unit = stringOf(value(json));
    },
    startValue: (json) => {
      profiles.at(-1)!.start = number(json) || 0;
    },
    endValue: (json) => {
      profiles.at(-1)!.end = number(json) || 0;
    },
    samples: later('samples'),
    weights: later('weights'),
    events: later('events'),
  });
  const read = fieldsReader({
    shared: (json) => {
      frames = listOf(fieldsOf(value(json)).frames).map(frameOf);
    },
    perf_gate: (json) => {
      own = ownOf(value(json));
    },
    profiles: (json) =>
      eachItem(json, () => {
        profiles.push({ type: '', unit: '', start: 0, end: 0 });
        readProfile(json);
      }),
  });
  whole(jsonFrom(bytes, file), read);
  const kinds = own.kinds;
  return { frames: kinds ? frames.map((frame, i) => ({ ...frame, kind: kinds[i] ?? 'code' })) : frames, profiles, own };
}

/** How to read one profile of a file: `places` holds the number that `builder.place` returned for each frame in `shared.frames`. */
type At = { file: string; place: string; scale: number; places: readonly number[] };

function addSamples({ samples, weights }: Part, at: At, builder: ProfileBuilder): void {
  const amounts = weights ? numbers(weights) : null;
  if (!samples) return;
  let node = -1;
  eachItem(samples, (i) => {
    node = -1;
    eachItem(samples, () => {
      node = builder.below(node, placeAt(number(samples), at));
    });
    const amount = (amounts?.[i] ?? 0) * at.scale || 0;
    if (node !== -1) builder.add(node, amount, 1);
    else builder.idle(amount);
  });
}

/**
 * Adds the time between two events to the frame that was opened last. A frame without a closing event stays open until the end of the
 * profile.
 */
function addEvents({ events, start, end }: Part, at: At, builder: ProfileBuilder): void {
  if (!events) return;
  /** The frames that are open (entered but not left), and their nodes, callers first. */
  const frames: number[] = [];
  const nodes: number[] = [];
  let last = start;
  let [type, frame, time] = ['', Number.NaN, Number.NaN];
  const readEvent = fieldsReader({
    type: (json) => {
      type = source(json);
    },
    frame: (json) => {
      frame = number(json);
    },
    at: (json) => {
      time = number(json);
    },
  });
  eachItem(events, (i) => {
    type = '';
    frame = time = Number.NaN;
    readEvent(events);
    if (!(time >= last)) throw wrong(i, 'events in the order of their times', `at ${time}`);
    if (nodes.length > 0) builder.add(nodes.at(-1)!, (time - last) * at.scale, 0);
    last = time;
    if (type === '"O"') {
      const node = builder.below(nodes.at(-1) ?? -1, placeAt(frame, at));
      builder.add(node, 0, 1);
      frames.push(frame);
      nodes.push(node);
    } else if (type === '"C"' && frames.at(-1) === frame) {
      frames.pop();
      nodes.pop();
    } else throw wrong(i, 'a closing event for the frame that was opened last', `${type} of frame ${frame}`);
  });
  if (nodes.length > 0 && end > last) builder.add(nodes.at(-1)!, (end - last) * at.scale, 0);
  function wrong(i: number, expected: string, found: string) {
    return unreadable(at.file, expected, `${at.place}.events[${i}] ${found}`);
  }
}

/**
 * Decides what the line number of a frame means, because the format does not define that. If a function has frames with different lines, as
 * py-spy and rbspy write them, the lines are the ones that ran. In a frame with a column, or in the only frame of a function, the line is
 * the function's first line.
 */
function placesOf(frames: readonly Frame[], builder: ProfileBuilder): number[] {
  const code = functionFrames();
  const seen = new Map<string, Set<number | null>>();
  const key = ({ function: name, file, column }: Frame) =>
    name && column === null ? JSON.stringify([name, file]) : '';
  for (const frame of frames) seen.set(key(frame), (seen.get(key(frame)) ?? new Set()).add(frame.line));
  const ran = (frame: Frame) => key(frame) !== '' && seen.get(key(frame))!.size > 1;
  const functions = frames.map((frame) => (ran(frame) ? code(frame.function, frame.file, frame.line) : frame));
  return frames.map((frame, i) => builder.place(functions[i]!, ran(frame) ? frame.line : null));
}

function placeAt(frame: number, { file, place, places }: At): number {
  const known = places[frame];
  if (known === undefined) throw unreadable(file, 'frames of shared.frames', `${place} with frame ${frame}`);
  return known;
}

/** If other frames have files, a frame without a file is later classified as native (see `ownWithoutFiles`). */
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

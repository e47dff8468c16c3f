import { functionFrames } from './frames.ts';
import { unreadable } from './input.ts';
import { type Profile, profileBuilder, type Unit } from './model.ts';

const units: Record<string, [Unit, number]> = {
  nanoseconds: ['ms', 1e-6],
  microseconds: ['ms', 1e-3],
  milliseconds: ['ms', 1],
  seconds: ['ms', 1000],
  bytes: ['bytes', 1],
  kilobytes: ['bytes', 1024],
};

/**
 * Reads pprof's protobuf: Go, Node (datadog, google), Rust (pprof-rs), perf_to_profile. Of its values the default one is
 * read, else the last that is a time or a size, else the last.
 * Format: https://github.com/google/pprof/blob/main/proto/profile.proto
 * @throws profile_unreadable
 */
export async function readPprof(bytes: Uint8Array, file: string): Promise<Profile> {
  const { Profile: Pprof } = await import('pprof-format');
  const decoded = decode(() => Pprof.decode(bytes), file);
  const text = (index: number | bigint) => decoded.stringTable.strings[Number(index)] ?? '';
  const types = decoded.sampleType.map((each) => ({ type: text(each.type), unit: text(each.unit) }));
  if (types.length === 0 || decoded.sample.length === 0) throw unreadable(file, 'a pprof profile with samples', 'none');
  const wanted = types.findIndex((each) => each.type !== '' && each.type === text(decoded.defaultSampleType));
  const known = types.findLastIndex((each) => Object.hasOwn(units, each.unit));
  const chosen = wanted !== -1 ? wanted : known !== -1 ? known : types.length - 1;
  const counts = types.findIndex((each) => each.unit === 'count');
  const unit = types[chosen]!.unit;
  const [into, scale]: [Unit, number] = Object.hasOwn(units, unit) ? units[unit]! : ['samples', 1];

  const frameOf = functionFrames();
  const functions = new Map(decoded.function.map((f) => [String(f.id), f]));
  const mappings = new Map(decoded.mapping.map((m) => [String(m.id), text(m.filename)]));
  const builder = profileBuilder('pprof', into);
  /** Frames of one address by their index, callers first: the first line is the innermost of what was inlined. */
  const framesAt = new Map<number, number[]>();
  for (const location of decoded.location) {
    const frames = location.line.map((line) => {
      const f = functions.get(String(line.functionId));
      const start = Number(f?.startLine ?? 0) || Number(line.line) || null;
      return frameOf(f ? text(f.name) : '', (f && text(f.filename)) || null, start);
    });
    const binary = mappings.get(String(location.mappingId)) || null;
    const address = `0x${BigInt(location.address).toString(16)}`;
    const shown = frames.length > 0 ? frames.reverse() : [frameOf(address, binary, null)];
    framesAt.set(Number(location.id), shown.map(builder.frame));
  }
  decoded.sample.forEach((sample, i) => {
    let node = -1;
    // from the caller to the callee, against the order of the format
    for (let at = sample.locationId.length - 1; at >= 0; at--) {
      const id = sample.locationId[at]!;
      const frames = framesAt.get(Number(id));
      if (!frames) throw unreadable(file, 'samples at known locations', `sample ${i} at location ${id}`);
      for (const frame of frames) node = builder.below(node, frame);
    }
    const weight = Number(sample.value[chosen] ?? 0) * scale;
    const count = counts === -1 ? 1 : Number(sample.value[counts] ?? 1);
    if (node !== -1) builder.add(node, Math.max(0, weight), Math.max(0, count));
  });
  return builder.done();
}

function decode<T>(act: () => T, file: string): T {
  try {
    return act();
  } catch (error) {
    throw unreadable(file, 'a pprof protobuf', `something else (${(error as Error).message})`);
  }
}

/** By its name, or beginning with the first field of a profile (sample_type), a message. */
export const looksLikePprof = (bytes: Uint8Array, file: string) =>
  /\.(pprof|pb|prof)(\.gz)?$/.test(file) ||
  (bytes[0] === 0x0a && bytes[1]! > 0 && bytes[1]! <= 32 && bytes[2] === 0x08);

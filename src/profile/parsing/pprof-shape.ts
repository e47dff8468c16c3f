import { eachField, varint, type Wire } from './protobuf.ts';

/** The allowed wire types of each field of a pprof profile: 0 for a number, 2 for a message, a text or packed numbers. */
const wireTypes: Record<number, readonly number[]> = {
  1: [2],
  2: [2],
  3: [2],
  4: [2],
  5: [2],
  6: [2],
  7: [0],
  8: [0],
  9: [0],
  10: [0],
  11: [2],
  12: [0],
  13: [0, 2],
  14: [0],
  15: [0],
};

/** At most `most` fields are checked. With fewer than `least` matching fields, the bytes do not count as a pprof profile. */
const most = 200;
const least = 3;

/**
 * Whether the bytes are the beginning of a pprof profile: only known fields with their wire types, in any order. Value types hold two
 * numbers, and the table of strings begins with the empty string.
 */
export function isPprof(bytes: Uint8Array): boolean {
  const wire: Wire = { bytes, file: '', at: 0 };
  let [seen, isFirstString] = [0, true];
  try {
    while (wire.at < bytes.length && seen < most) {
      const tag = varint(wire);
      const [field, type] = [tag >>> 3, tag & 7];
      if (!wireTypes[field]?.includes(type)) return false;
      const length = varint(wire);
      if (type === 0) {
        seen++;
        continue;
      }
      const end = wire.at + length;
      if (end > bytes.length) return seen >= least;
      if (field === 6 && isFirstString && length !== 0) return false;
      if (field === 6) isFirstString = false;
      if ((field === 1 || field === 11) && !isValueType(wire, end)) return false;
      wire.at = end;
      seen++;
    }
    return seen >= least;
  } catch {
    return seen >= least; // the head of a file may end within a field
  }
}

function isValueType(wire: Wire, end: number): boolean {
  let fits = true;
  const at = { ...wire };
  eachField(at, end, (field) => {
    fits &&= field === 1 || field === 2;
  });
  return fits;
}

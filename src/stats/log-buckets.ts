/**
 * Counts of values in logarithmic buckets. The counts of two periods can be added, and every percentile is within 1 % of the true one. All
 * values of at most `SMALLEST` share one bucket, and perf-gate treats these values as 0. Masson, Rim, Lee: DDSketch, PVLDB 12(12), 2019.
 */
export type Buckets = Map<number, number>;

/** The ratio γ of a bucket's bounds. The middle of a bucket differs from its values by at most (γ − 1) / (γ + 1) = 0.99 %. */
const GAMMA = 1.02;
const LOG_GAMMA = Math.log(GAMMA);

/** One nanosecond, in ms. No measured duration is shorter. */
const SMALLEST = 1e-6;

/** The bucket of values that are treated as 0. It is below all other buckets. */
const ZERO = Math.floor(Math.log(SMALLEST) / LOG_GAMMA) - 1;

/** The bucket of a finite value. A negative value is treated as 0. */
export const bucketOf = (value: number): number =>
  value <= SMALLEST ? ZERO : Math.ceil(Math.log(value) / LOG_GAMMA - 1e-9);

const middleOf = (bucket: number): number => (bucket === ZERO ? 0 : (2 * GAMMA ** bucket) / (GAMMA + 1));

/** Adds one value, or `count` values, to a bucket. */
export function addTo(buckets: Buckets, bucket: number, count = 1): void {
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + count);
}

/** Adds all counts of the second map to the first map. */
export function merge(into: Buckets, from: Buckets): void {
  for (const [bucket, count] of from) addTo(into, bucket, count);
}

/** The quantiles of the values at the given shares (from 0 to 1). NaN without values. */
export function quantilesOf(buckets: Buckets, shares: readonly number[]): number[] {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  return quantiles(
    sorted.map(([bucket]) => bucket),
    sorted.map(([, count]) => count),
    shares,
  );
}

/** Like `quantilesOf`, but from encoded buckets and without building a map, because one query reads the buckets of each day of a year. */
export function quantilesIn(bytes: Uint8Array, shares: readonly number[]): number[] {
  const buckets: number[] = [];
  const counts: number[] = [];
  eachOf(bytes, (bucket, count) => {
    buckets.push(bucket);
    counts.push(count);
  });
  return quantiles(buckets, counts, shares);
}

/** `buckets` is in ascending order, and `counts` has the count of each bucket. */
function quantiles(buckets: readonly number[], counts: readonly number[], shares: readonly number[]): number[] {
  let n = 0;
  for (const count of counts) n += count;
  return shares.map((share) => {
    const rank = share * (n - 1);
    let below = 0;
    for (let i = 0; i < counts.length; i++) {
      below += counts[i]!;
      if (below > rank) return middleOf(buckets[i]!);
    }
    return Number.NaN;
  });
}

/** Encodes buckets as bytes: for each bucket, its distance from the previous bucket and its count, as numbers of variable length. */
export function encode(buckets: Buckets): Uint8Array {
  const bytes: number[] = [];
  let before = ZERO;
  for (const [bucket, count] of [...buckets].sort(([a], [b]) => a - b)) {
    pushNumber(bytes, bucket - before);
    pushNumber(bytes, count);
    before = bucket;
  }
  return Uint8Array.from(bytes);
}

/** Adds the counts of encoded buckets to `buckets`, and returns `buckets`. */
export function decode(bytes: Uint8Array, buckets: Buckets = new Map()): Buckets {
  eachOf(bytes, (bucket, count) => addTo(buckets, bucket, count));
  return buckets;
}

/** Calls `take` for each of the encoded buckets, in their order. */
function eachOf(bytes: Uint8Array, take: (bucket: number, count: number) => void): void {
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  for (let bucket = ZERO; at < bytes.length; ) {
    bucket += next();
    take(bucket, next());
  }
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

/** How many of the base unit (ms, KB of 1024 bytes) one of each unit is. */
const times: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1e3, min: 60e3 };
const sizes: Record<string, number> = {
  bytes: 1 / 1024,
  B: 1 / 1024,
  KB: 1,
  KiB: 1,
  MB: 1024,
  MiB: 1024,
  GB: 1024 ** 2,
};

/** The value in another unit of the same kind; as it is where either unit says nothing (frames, requests, none). */
export function convert(value: number, from: string, to: string): number {
  for (const kind of [times, sizes]) {
    const [a, b] = [kind[from], kind[to]];
    if (a !== undefined && b !== undefined) return a === b ? value : (value * a) / b;
  }
  return value;
}

/** Whether values of the two units can be converted into each other. */
export function areAlike(a: string, b: string): boolean {
  return a === b || [times, sizes].some((kind) => kind[a] !== undefined && kind[b] !== undefined);
}

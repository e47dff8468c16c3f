/** `n` values around a median, spread like a low-discrepancy sequence with a slow tail: the same on every machine. */
export function around(median: number, spreadPct: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => {
    const u = (0.5 + i * 0.618034) % 1;
    const tail = u > 0.9 ? 2.2 : 1;
    return Math.round(median * (1 + ((u - 0.5) * spreadPct * tail) / 100) * 1000) / 1000;
  });
}

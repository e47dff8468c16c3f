/** `12.3 ms`, `1.24 s`, `640 KB`: three significant digits, the unit as given except that long times turn to seconds. */
export function quantity(value: number, unit: string): string {
  if (unit === 'ms' && Math.abs(value) >= 10_000) return quantity(value / 1000, 's');
  if (unit === 'bytes' && Math.abs(value) >= 10_000) return quantity(value / 1024, 'KB');
  if (unit === 'KB' && Math.abs(value) >= 10_240) return quantity(value / 1024, 'MB');
  return `${significant(value)} ${unit}`.trim();
}

/** `+12.3 %`; the sign is always shown, because it tells better from worse. */
export function percent(value: number, digits = 1): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)} %`;
}

/** `47 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 100 || value === 0 ? String(Math.round(value)) : value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

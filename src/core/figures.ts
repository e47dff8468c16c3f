/** `12.3 %`; `−12.3 %` below zero. */
export function percent(value: number, digits = 1): string {
  return `${decimal(value, digits)} %`;
}

/** A percentage with a sign, such as `+12.3 %` for better and `−12.3 %` for worse. A value that rounds to zero has no sign. */
export function signedPercent(value: number): string {
  const text = percent(value);
  return value > 0 && Number.parseFloat(text) !== 0 ? `+${text}` : text;
}

/** `35.1 to 41.0 %`; null means unbounded. */
export function percentInterval([low, high]: readonly [number | null, number | null]): string {
  return `${low === null ? '−∞' : decimal(low)} to ${high === null ? '∞' : decimal(high)} %`;
}

/** `p = 0.0012`, `p < 0.0001`. */
export function pValue(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toPrecision(2)}`;
}

/** A number as text, such as `12.3` or `−12.3`; the minus sign is as wide as a digit. A value that rounds to zero has no sign. */
export function decimal(value: number, digits = 1): string {
  const size = Math.abs(value).toFixed(digits);
  return value < 0 && Number(size) !== 0 ? `−${size}` : size;
}

/** Rounds a number to significant digits: with three digits, 547.7909999999999 becomes 548. */
export function significant(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

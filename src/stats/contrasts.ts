import { seededRandom } from './rng.ts';

/** All differences xᵢ − yⱼ of two samples, or all averages (dᵢ + dⱼ)/2 of one, as an ascending list. */
export type Contrasts = {
  size: number;
  /** The k-th smallest contrast, where k counts from 0. Undefined if k is outside of the list. */
  at(k: number): number | undefined;
  /**
   * The number of contrasts for which `isReached` is false. `isReached` must be monotone: false up to some value, and true for all larger
   * values.
   */
  countBelow(isReached: (value: number) => boolean): number;
};

/**
 * A table of contrasts that is never stored: row i holds columns `from(i)` to `columns`. Each row ascends from left to right, and each
 * column from top to bottom.
 */
type Table = { rows: number; columns: number; from(row: number): number; value(row: number, column: number): number };

/** For at most this many contrasts, a sorted list is cheaper than selection without a list. */
const listedTo = 4096;

/** xᵢ − yⱼ */
export function differencesOf(x: readonly number[], y: readonly number[]): Contrasts {
  const up = Float64Array.from(x).sort();
  const down = Float64Array.from(y).sort().reverse();
  return contrasts({
    rows: up.length,
    columns: down.length,
    from: () => 0,
    value: (row, column) => up[row]! - down[column]!,
  });
}

/** Walsh averages: (dᵢ + dⱼ)/2, i ≤ j */
export function averagesOf(d: readonly number[]): Contrasts {
  const up = Float64Array.from(d).sort();
  return contrasts({
    rows: up.length,
    columns: up.length,
    from: (row) => row,
    value: (row, column) => (up[row]! + up[column]!) / 2,
  });
}

function contrasts(table: Table): Contrasts {
  let size = 0;
  for (let row = 0; row < table.rows; row++) size += table.columns - table.from(row);
  return size <= listedTo ? listed(table, size) : unlisted(table, size);
}

function listed({ rows, columns, from, value }: Table, size: number): Contrasts {
  const list = new Float64Array(size);
  let k = 0;
  for (let row = 0; row < rows; row++)
    for (let column = from(row); column < columns; column++) list[k++] = value(row, column);
  list.sort();
  return {
    size,
    at: (i) => list[i],
    countBelow(isReached) {
      let [low, high] = [0, size];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (isReached(list[middle]!)) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/**
 * Finds the k-th smallest contrast without a list of all contrasts. The memory for this grows only with the number of rows. The method is
 * quickselect over the table, as in Monahan, “Algorithm 616: fast computation of the Hodges-Lehmann location estimator” (ACM TOMS 10,
 * 1984). Each step uses two pivots, one below and one above the guessed value, as in Floyd & Rivest, “Algorithm 489” (CACM 18, 1975).
 * Pivots are drawn from the values that are still possible. In each row, the values below a pivot come first. One walk along the boundary
 * of these values, which descends like a staircase, counts the values in all rows. The result is exact for any choice of pivots.
 */
function unlisted(table: Table, size: number): Contrasts {
  return {
    size,
    at: (k) => (Number.isInteger(k) && k >= 0 && k < size ? selected(table, k) : undefined),
    countBelow: (isReached) => total(staircase(table, isReached), table),
  };
}

/**
 * For every row: the first column with a value for which `isReached` is true. Values grow from row to row, so this column never moves to
 * the right.
 */
function staircase({ rows, columns, from, value }: Table, isReached: (value: number) => boolean): Int32Array {
  const firsts = new Int32Array(rows);
  let column = columns;
  for (let row = 0; row < rows; row++) {
    const least = from(row);
    column = Math.max(column, least);
    while (column > least && isReached(value(row, column - 1))) column--;
    firsts[row] = column;
  }
  return firsts;
}

function total(ends: Int32Array, { from }: Table): number {
  let sum = 0;
  for (let row = 0; row < ends.length; row++) sum += ends[row]! - from(row);
  return sum;
}

/**
 * The k-th value is guessed from `draws` random values. Each of the two pivots lies `margin` standard deviations from the guess.
 */
const draws = 1000;
const margin = 3;

function selected(table: Table, k: number): number {
  const random = seededRandom('pivot');
  let low = Int32Array.from({ length: table.rows }, (_, row) => table.from(row));
  let high = new Int32Array(table.rows).fill(table.columns);
  for (;;) {
    const under = total(low, table);
    const left = total(high, table) - under;
    if (left <= listedTo + 4 * table.rows) return between(table, low, high).sort()[k - under]!;
    const ranks = Float64Array.from({ length: draws }, () => Math.floor(random() * left)).sort();
    const drawn = ranked(table, low, high, ranks).sort();
    const share = (k - under) / left;
    const off = Math.ceil(margin * Math.sqrt(draws * share * (1 - share)));
    for (const guess of [Math.floor(share * draws) - off, Math.floor(share * draws) + off]) {
      const pivot = drawn[Math.min(draws - 1, Math.max(0, guess))]!;
      const below = staircase(table, (value) => value >= pivot);
      if (k < total(below, table)) {
        high = smaller(high, below);
        continue;
      }
      const upTo = staircase(table, (value) => value > pivot);
      if (k < total(upTo, table)) return pivot;
      low = larger(low, upTo);
    }
  }
}

const smaller = (a: Int32Array, b: Int32Array) => a.map((v, i) => Math.min(v, b[i]!));
const larger = (a: Int32Array, b: Int32Array) => a.map((v, i) => Math.max(v, b[i]!));

/** The values of each row from column `low[row]` up to the column before `high[row]`. */
function between({ value }: Table, low: Int32Array, high: Int32Array): Float64Array {
  const values: number[] = [];
  for (let row = 0; row < low.length; row++) {
    for (let column = low[row]!; column < high[row]!; column++) values.push(value(row, column));
  }
  return Float64Array.from(values);
}

/** The values at these indices (ascending) of the list that `between` would return. */
function ranked({ value }: Table, low: Int32Array, high: Int32Array, places: Float64Array): Float64Array {
  let [row, passed] = [0, 0];
  return places.map((place) => {
    while (place >= passed + high[row]! - low[row]!) {
      passed += high[row]! - low[row]!;
      row++;
    }
    return value(row, low[row]! + place - passed);
  });
}

import { percent } from '../../core/figures.ts';
import type { Signs } from './signs.ts';

/** A hotspot: its shares and other facts, as far as they are known. Percentages are of the profile's total. */
export type Place = {
  /** The hotspot's file. Null if the hotspot is no code: a span, or time in which the program waited. */
  file?: string | null | undefined;
  self_pct?: number | undefined;
  ceiling_pct?: number | undefined;
  total_pct?: number | undefined;
  signs?: { [Sign in keyof Signs]?: Signs[Sign] | undefined } | undefined;
};

/** A sentence about a hotspot. `pct`: the share of the profile's total, in per cent, that the sentence concerns. */
type Evidence = { text: string; pct: number };

/** The smallest number of calls at which the cost of the calls themselves matters. */
const OFTEN = 100;

const often = ({ calls = 0 }: Signs) => (calls >= OFTEN ? `called ${calls.toLocaleString('en-US')} times` : null);

/** A hotspot with defaults for missing facts. */
const seen = ({ self_pct: self = 0, ceiling_pct: ceiling = 0, total_pct: total = 0, signs = {} }: Place) => ({
  self,
  ceiling,
  total,
  signs: signs as Signs,
});

/** The evidence in a profile that one technique suits a hotspot. Falsy if there is no evidence. */
export type Found = Evidence | false | null | undefined | '';

/** Evidence that the hotspot's callees in the project cost more than the hotspot itself. */
export function costlyCallees(place: Place): Found {
  const { ceiling, total } = seen(place);
  const below = total - ceiling;
  const text = `its calls to other functions of the project cost another ${percent(below)} of the whole, so making fewer of these calls gains more than making its own code faster`;
  return below >= 5 && below > ceiling && { pct: below, text };
}

/** Evidence that one caller calls the hotspot often. */
export function oneCaller(place: Place): Found {
  const { ceiling, signs } = seen(place);
  const { main_caller_pct = 0, callers } = signs;
  const calls = often(signs);
  return (
    callers === 1 && main_caller_pct >= 0.9 * ceiling && calls && { pct: ceiling, text: `${calls}, by one caller` }
  );
}

/** Evidence that several callers call the hotspot often. */
export function severalCallers(place: Place): Found {
  const { ceiling, signs } = seen(place);
  const { callers = 0 } = signs;
  const calls = often(signs);
  return callers > 1 && calls && { pct: ceiling, text: `${calls}, by ${callers} callers` };
}

/** Evidence that the hotspot is called often, and that code outside the project takes most of the hotspot's time. */
export function workOutside(place: Place): Found {
  const { self, ceiling, signs } = seen(place);
  const outside = ceiling - self;
  const calls = often(signs);
  return (
    outside > self &&
    calls && {
      pct: outside,
      text: `${calls}, and its calls to code outside of the project take ${percent(outside)} of the whole`,
    }
  );
}

/** Evidence that the program waits. */
export function waiting(place: Place): Found {
  const { ceiling, signs } = seen(place);
  return signs.waits && { pct: ceiling, text: `the program spent ${percent(ceiling)} of the time waiting` };
}

/** Evidence that most of the hotspot's cost is in its own lines. A span never gives this evidence, because a span has no lines. */
export function ownLines(place: Place): Found {
  const { self, ceiling, signs } = seen(place);
  const { line_pct = 0 } = signs;
  const where =
    line_pct >= self / 2
      ? `one line of it takes ${percent(line_pct)} of the whole`
      : `its own lines take ${percent(self)} of the whole`;
  return place.file != null && self > ceiling / 2 && { pct: self, text: where };
}

/** Evidence that the hotspot allocates memory, or that garbage collection costs much while the hotspot runs. */
export function allocations(place: Place): Found {
  const { ceiling, signs } = seen(place);
  const { gc_pct = 0, allocates } = signs;
  if (allocates) return { pct: ceiling, text: `it allocates ${percent(ceiling)} of the memory` };
  return (
    gc_pct >= 1 &&
    gc_pct >= ceiling / 10 && {
      pct: gc_pct,
      text: `garbage collection on its behalf takes ${percent(gc_pct)} of the whole`,
    }
  );
}

/** Evidence that most of the hotspot's cost is in code of packages. */
export function packages(place: Place): Found {
  const { ceiling, signs } = seen(place);
  const { dependency_pct = 0 } = signs;
  return (
    dependency_pct > ceiling / 2 && {
      pct: dependency_pct,
      text: `its calls to code of packages take ${percent(dependency_pct)} of the whole`,
    }
  );
}

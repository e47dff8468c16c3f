import { wilson } from '../../stats/proportion.ts';
import type { Frame, Profile } from '../model.ts';
import { attribute, type Share } from './attribute.ts';
import { classify, withRealPaths } from './classify.ts';
import { type Signs, signsOf } from './signs.ts';
import { namesNoCallers, warningsOf } from './warnings.ts';

/** The location of a hotspot in the code. */
export type HotspotPlace = {
  /** The text `function file:line`, which is equal in every profile of the same code. */
  id: string;
  /** `file:line` for an anonymous function. */
  function: string;
  /** The file, relative to the project's root. Null for a hotspot without a file, such as a span. */
  file: string | null;
  line: number | null;
};

/** The cost of a hotspot. Percentages are of the profile's total, from 0 to 100. */
export type HotspotShares = {
  /** Time in the function's own lines and in the callbacks that are written inside it. */
  self_pct: number;
  /** Time in the hotspot and in everything that it calls. Recursion counts once. */
  total_pct: number;
  /**
   * The ceiling: the gain if the function cost nothing and the project's functions that it calls stayed as they are (Amdahl). The ceiling
   * is the function's own time, plus the time of dependencies, the runtime, native code and garbage collection on the function's behalf.
   * Hotspots are ranked by the ceiling. A fix that calls the project's functions less often can gain more, but at most `total_pct`.
   */
  ceiling_pct: number;
  /**
   * The 95 % interval of `ceiling_pct` (Wilson), from the number of samples in the profile. Null if nothing was sampled, or if the number
   * of samples is unknown.
   */
  ceiling_ci95_pct: [number, number] | null;
  /**
   * Whether the largest gain, or the upper end of its interval, reaches the threshold. Absent if there is no threshold, if the format does
   * not contain callers, or if the hotspot has only one sample.
   */
  reaches_threshold?: boolean;
  /** The number of samples in `ceiling_pct`. If nothing was sampled, the number of calls. Null if unknown. */
  samples: number | null;
};

/**
 * The largest gain, in per cent, of a fix that may also call the project's functions less often. Undefined if no profile shows the
 * hotspot. `total_pct` can be smaller than the ceiling, because some costs, such as garbage collection, count only in the ceiling.
 */
export function largestGain({ total_pct, ceiling_pct = 0 }: Known): number | undefined {
  return total_pct === undefined ? undefined : Math.max(total_pct, ceiling_pct);
}

type Known = { [Share in 'total_pct' | 'ceiling_pct']?: HotspotShares[Share] | undefined };

/** A function of the project, ranked by its cost. */
export type Hotspot = {
  /** From 1, the most expensive. */
  rank: number;
} & HotspotPlace &
  HotspotShares & {
    /** The most expensive functions outside the project that this function calls, at most three. */
    outside: { function: string; pct: number }[];
    /**
     * The function's most expensive lines, at most three. The cost of a line includes the code outside the project that the line called.
     * Empty if unknown.
     */
    lines: { line: number; pct: number }[];
    /** The ids of the function's most expensive callers in the project, at most three. Null stands for calls from outside the project. */
    callers: { function: string | null; pct: number }[];
    signs: Signs;
  };

/** Whether a hotspot has only one sample. A single sample can occur by chance, so such a hotspot gets no `reaches_threshold`. */
export const isOneSample = ({ samples, ceiling_ci95_pct }: Pick<HotspotShares, 'samples' | 'ceiling_ci95_pct'>) =>
  samples === 1 && ceiling_ci95_pct !== null;

/** A ranking of the project's functions, most expensive first. */
export type Hotspots = {
  hotspots: Hotspot[];
  /** The amount that is 100 %, in `unit` and without idle time. */
  total: number;
  unit: string;
  format: string;
  /** Sentences that say why the ranking is possibly incomplete. */
  warnings: string[];
};

/**
 * Ranks the project's functions. `roots`: the absolute paths of the project when the profile was taken. `limit`: 20 by default.
 */
export function hotspots(
  profile: Profile,
  roots: string | readonly string[],
  options: { limit?: number; threshold_pct?: number; group?: 'function' | 'file' } = {},
): Hotspots {
  const classified = classify(profile, withRealPaths([roots].flat()));
  // without callers, a function's ceiling does not include the code that the function calls, so a gain can exceed the ceiling
  const isFlat = namesNoCallers(profile.format);
  const threshold = isFlat ? undefined : options.threshold_pct;
  const grouped = options.group === 'file' ? byFile(classified) : classified;
  const shares = attribute(grouped).filter((share) => share.attributed > 0);
  const ranked = shares
    .map((share) => hotspotOf(share, grouped, threshold))
    .sort((a, b) => b.ceiling_pct - a.ceiling_pct || b.total_pct - a.total_pct || (a.id < b.id ? -1 : 1))
    .slice(0, options.limit ?? 20)
    .map((hotspot, i) => ({ ...hotspot, rank: i + 1 }));
  const attributed = shares.reduce((sum, share) => sum + share.attributed, 0);
  const { total, unit, format } = profile;
  return { hotspots: ranked, total, unit, format, warnings: warningsOf(profile, attributed) };
}

/** Merges all functions of a file into one. */
function byFile(profile: Profile): Profile {
  const frames = profile.frames.map((frame) =>
    frame.kind === 'project' && frame.file !== null
      ? { ...frame, function: frame.file, line: null, column: null }
      : frame,
  );
  return { ...profile, frames };
}

function hotspotOf(share: Share, profile: Profile, threshold?: number): Hotspot {
  const { frames, total } = profile;
  const { frame } = share;
  const range = rangeOf(share.attributed, profile);
  const pct = (weight: number) => (weight / total) * 100;
  // each line has a fraction of a function's samples, so their sum may differ a little from an integer
  const samples = profile.samples === null ? null : Math.round(share.samples);
  const known = { samples, ceiling_ci95_pct: range };
  const gain = Math.max(share.attributed, share.total);
  const most = rangeOf(gain, profile)?.[1] ?? pct(gain);
  return {
    rank: 0,
    id: idOf(frame),
    function: frame.function || placeOf(frame),
    file: frame.file,
    line: frame.line,
    self_pct: pct(share.self),
    total_pct: pct(share.total),
    ceiling_pct: pct(share.attributed),
    ...known,
    ...(threshold === undefined || isOneSample(known) ? {} : { reaches_threshold: most >= threshold }),
    outside: heaviest(share.outside).map(([name, weight]) => ({ function: name, pct: pct(weight) })),
    lines: saysMore(share) ? heaviest(share.lines).map(([line, weight]) => ({ line, pct: pct(weight) })) : [],
    callers: heaviest(share.callers).map(([caller, weight]) => ({
      function: caller === -1 ? null : idOf(frames[caller]!),
      pct: pct(weight),
    })),
    signs: signsOf(share, profile),
  };
}

/** The 95 % interval of a share, in per cent (Wilson). Null if nothing was sampled. */
function rangeOf(weight: number, { total, samples, sampled }: Profile): [number, number] | null {
  const range = sampled && samples ? wilson(Math.min(1, weight / total), samples) : null;
  return range && [range.low * 100, range.high * 100];
}

/**
 * Whether the most expensive lines give more information than the hotspot's location. A group of functions has no line, and a function's
 * first line alone is nothing new.
 */
const saysMore = ({ frame, lines }: Share) => frame.line !== null && !(lines.size === 1 && lines.has(frame.line));

const heaviest = <Key extends string | number>(sums: Map<Key, number>) =>
  [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 3);

function idOf(frame: Frame): string {
  const parts = [frame.function || '(anonymous)', placeOf(frame)];
  return parts.filter((part, i) => part && parts.indexOf(part) === i).join(' ');
}

function placeOf(frame: Frame): string {
  if (frame.file === null) return '';
  return frame.line === null ? frame.file : `${frame.file}:${frame.line}`;
}

import { realpathSync } from 'node:fs';
import { attribute, type Share } from './attribute.ts';
import { classify } from './classify.ts';
import type { Frame, Profile } from './model.ts';

/** A function of the project, by what it costs. Percentages are of the profile's total, from 0 to 100. */
export type Hotspot = {
  /** From 1: the most expensive. */
  rank: number;
  /** `function file:line`; the same in every profile of the same code. */
  id: string;
  /** `file:line` for an anonymous function. */
  function: string;
  /** Relative to the project's root. */
  file: string;
  line: number | null;
  /** Time in its own lines and in its inline callbacks. */
  self_pct: number;
  /** Time in it and in everything that it calls; recursion counts once. */
  total_pct: number;
  /**
   * The largest gain that making it free could give while the project's functions that it calls stay as they are
   * (Amdahl): its own time, and the time in dependencies, runtime, native code and garbage collection on its behalf.
   * A fix that calls them less often can gain more, up to `total_pct`. Hotspots are ranked by it.
   */
  ceiling_pct: number;
  /** How many samples `ceiling_pct` rests on. */
  samples: number;
};

export type Hotspots = {
  hotspots: Hotspot[];
  /** What the percentages refer to, in `unit`; idle time is not in it. */
  total: number;
  unit: string;
  format: string;
  /** Sentences for a reader: why the ranking may not tell the whole story. */
  warnings: string[];
};

/**
 * Ranks the project's functions. `roots`: where the project lay while the profile was taken, absolute; a symbolic link
 * is followed, because runtimes report real paths.
 */
export function hotspots(
  profile: Profile,
  roots: string | readonly string[],
  options: { limit?: number } = {},
): Hotspots {
  const given = [roots].flat();
  const classified = classify(profile, [...given, ...given.map(realPath)]);
  const shares = attribute(classified).filter((share) => share.attributed > 0);
  const ranked = shares
    .map((share) => hotspotOf(share, profile.total))
    .sort((a, b) => b.ceiling_pct - a.ceiling_pct || b.total_pct - a.total_pct || (a.id < b.id ? -1 : 1))
    .slice(0, options.limit ?? 20)
    .map((hotspot, i) => ({ ...hotspot, rank: i + 1 }));
  const attributed = shares.reduce((sum, share) => sum + share.attributed, 0);
  const { total, unit, format } = profile;
  return { hotspots: ranked, total, unit, format, warnings: warningsOf(profile, attributed) };
}

function hotspotOf(share: Share, total: number): Hotspot {
  const { frame } = share;
  const file = frame.file ?? '';
  const place = placeOf(frame);
  const pct = (weight: number) => (weight / total) * 100;
  return {
    rank: 0,
    id: `${frame.function || '(anonymous)'} ${place}`,
    function: frame.function || place,
    file,
    line: frame.line,
    self_pct: pct(share.self),
    total_pct: pct(share.total),
    ceiling_pct: pct(share.attributed),
    samples: share.samples,
  };
}

function placeOf(frame: Frame): string {
  return frame.line === null ? `${frame.file}` : `${frame.file}:${frame.line}`;
}

function warningsOf(profile: Profile, attributed: number): string[] {
  const { total, idle, samples } = profile;
  if (total === 0) return ['The profile holds no time at all: the program may have been too short for the sampler.'];
  const share = (part: number, whole: number) => `${Math.round((part / whole) * 100)} %`;
  const warnings: string[] = [];
  if (attributed === 0) warnings.push('No time was spent in files of the project.');
  else if (attributed < total / 2)
    warnings.push(
      `${share(total - attributed, total)} of the time has no caller in the project: start-up and other code.`,
    );
  if (idle > total)
    warnings.push(
      `The program waited for ${share(idle, idle + total)} of the time; this profile does not say for what.`,
    );
  if (samples < 100) warnings.push(`Only ${samples} samples: small shares are guesses.`);
  return warnings;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

import { type Hotspots, hotspots } from './hotspots.ts';
import type { Profile } from './model.ts';

/** Formats that tell the own time of each function, and not who called it. */
const flat = /\bpstats-/;

/**
 * `hotspots`; where no callers are known, what a function calls is missing in its ceiling, which then bounds nothing: it is held
 * against no threshold, and this is said.
 */
export function rankAsFarAsTold(...[profile, roots, options = {}]: Parameters<typeof hotspots>): Hotspots {
  if (!flat.test(profile.format)) return hotspots(profile, roots, options);
  const { threshold_pct: _, ...others } = options;
  const found = hotspots(profile, roots, others);
  return { ...found, warnings: [noCallers(profile), ...found.warnings] };
}

const noCallers = ({ format }: Profile) =>
  `The file (${format}) names no callers: what a function has others do for it is not in its share.`;

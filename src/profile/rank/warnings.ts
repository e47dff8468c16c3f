import { percent } from '../../core/figures.ts';
import type { Profile, Unit } from '../model.ts';

/** For each unit: the name of the amount, and the warning about a profile whose total is 0. */
const spent: Record<Unit, { name: string; none: string }> = {
  ms: { name: 'time', none: 'The profile holds no time at all: the program may have been too short for the sampler.' },
  samples: {
    name: 'samples',
    none: 'The profile holds no samples: the program may have been too short for the sampler.',
  },
  bytes: {
    name: 'bytes',
    none: 'The profile holds no bytes: nothing was allocated, or no allocation was left at the end.',
  },
  instructions: { name: 'instructions', none: 'The profile holds no instructions.' },
  cycles: { name: 'cycles', none: 'The profile holds no cycles: the program may have been too short for the sampler.' },
  events: { name: 'events', none: 'The profile holds no events.' },
};

/** Formats that give each function's own time but not the function's callers. */
const flat = /\bpstats-/;

/** Whether a format does not contain the callers of functions. A gain can then exceed a function's share. */
export const namesNoCallers = (format: string): boolean => flat.test(format);

/** Sentences that say why a ranking is possibly incomplete. `attributed`: the total weight of the project's functions. */
export function warningsOf(profile: Profile, attributed: number): string[] {
  const { format, total, idle, notes } = profile;
  const { name, none } = spent[profile.unit];
  const missing = namesNoCallers(format)
    ? [`The file (${format}) names no callers, so a function’s share does not include the functions that it calls.`]
    : [];
  if (total === 0) return [...missing, none, ...notes];
  const share = (part: number, whole: number) => percent((part / whole) * 100, 0);
  const warnings = [...missing, ...notes];
  if (attributed === 0)
    warnings.push(
      name === 'time'
        ? 'No time was spent in files of the project.'
        : `None of the ${name} belong to files of the project.`,
    );
  else if (attributed < total / 2)
    warnings.push(
      `${share(total - attributed, total)} of the ${name} ${name === 'time' ? 'has' : 'have'} no caller in the project, for example during start-up.`,
    );
  if (idle > total)
    warnings.push(
      `The program spent ${share(idle, idle + total)} of the time waiting; this profile does not show the reason.`,
    );
  return [...warnings, ...fewSamples(profile)];
}

function fewSamples({ sampled, samples }: Profile): string[] {
  if (!sampled) return [];
  if (samples === null) return ['The profile does not give its number of samples, so small shares may be guesses.'];
  return samples < 100 ? [`Only ${samples} samples: small shares are guesses.`] : [];
}

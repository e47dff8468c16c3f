import { layersOf, type Place } from '../../sentinel/discover/settings.ts';
import type { Env } from './settings-text.ts';

/** For one signal alone; the client prefers them to the common ones, whichever settings hold them. */
const ofOneSignal = /^OTEL_EXPORTER_OTLP_(LOGS|METRICS)_(ENDPOINT|PROTOCOL)$/;

/**
 * Refuses settings that hold something for another collector beside what a set-up writes. `replace`: what the set-up overrules may stay.
 * @throws Error: why they are refused
 */
export function refuseForeign(now: Readonly<Record<string, unknown>>, wanted: Env, replace: boolean): void {
  const beside = Object.keys(now).filter((name) => name.startsWith('OTEL_EXPORTER_OTLP_') && !(name in wanted));
  const stronger = beside.filter((name) => ofOneSignal.test(name));
  if (stronger.length > 0)
    throw new Error(
      `it sets ${stronger.join(', ')}, which the client prefers to what would be set here: remove it first`,
    );
  if (beside.length > 0 && !replace)
    throw new Error(`it sets ${beside.join(', ')} for another collector (--replace lets it stay)`);
}

/** A variable of other settings because of which sessions here send elsewhere. */
export type Overruling = { name: string; file: string; managed: boolean };

/** A variable of the shell that says something else. `wins`: the client prefers it; else settings do. */
export type OfShell = { name: string; wins: boolean };

/** Settings win over the shell where both set a variable; one for a single signal, which a set-up does not write, wins over both. */
export const ofShell = (env: NodeJS.ProcessEnv, wanted: Env): OfShell[] =>
  Object.keys(env)
    .filter((name) => ofOneSignal.test(name) || (wanted[name] !== undefined && wanted[name] !== env[name]))
    .map((name) => ({ name, wins: ofOneSignal.test(name) }));

const ranks = ['user', 'project', 'local', 'flag', 'managed'] as const;

/** What overrules these variables in the settings of a scope: stronger settings that differ, and any that are for one signal. */
export function overruling(place: Place, scope: (typeof ranks)[number], wanted: Env): Overruling[] {
  const others = layersOf(place).layers.filter(({ source }) => source !== scope);
  return others.flatMap(({ source, file, env = {} }) => {
    const isStronger = ranks.indexOf(source) > ranks.indexOf(scope);
    const differs = (name: string) => isStronger && wanted[name] !== undefined && wanted[name] !== env[name];
    const names = Object.keys(env).filter((name) => ofOneSignal.test(name) || differs(name));
    return names.map((name) => ({ name, file, managed: source === 'managed' }));
  });
}

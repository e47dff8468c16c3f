import { layersOf, type Place } from '../../sentinel/discover/settings.ts';
import type { Env } from './settings-text.ts';

/**
 * Variables for a single OpenTelemetry signal (logs or metrics). The client prefers these variables to the variables for all signals,
 * regardless of which settings file contains them.
 */
const ofOneSignal = /^OTEL_EXPORTER_OTLP_(LOGS|METRICS)_(ENDPOINT|PROTOCOL)$/;

/**
 * Refuses settings with variables for another collector. Variables that the setup overwrites are accepted. `replace`: whether to accept
 * variables that stay in the settings but have no effect after the setup. @throws Error whose message is the reason
 */
export function refuseForeign(now: Readonly<Record<string, unknown>>, wanted: Env, replace: boolean): void {
  const beside = Object.keys(now).filter((name) => name.startsWith('OTEL_EXPORTER_OTLP_') && !(name in wanted));
  const stronger = beside.filter((name) => ofOneSignal.test(name));
  if (stronger.length > 0)
    throw new Error(
      `remove ${stronger.join(', ')} from the file first; otherwise the client ignores the variables of the monitor`,
    );
  if (beside.length > 0 && !replace)
    throw new Error(
      `it sets ${beside.join(', ')} for another collector; with --replace, these variables stay in the file but have no effect`,
    );
}

/** A variable in other settings. The variable makes sessions in this folder send telemetry elsewhere. */
export type Overruling = { name: string; file: string; managed: boolean };

/** A variable of the shell that contradicts the settings. `wins`: whether the client prefers the shell's value to the settings. */
export type OfShell = { name: string; wins: boolean };

/**
 * The variables of the shell that contradict the variables of the setup. Settings take precedence over the shell. A variable for a single
 * OpenTelemetry signal, which the setup does not write, takes precedence over both.
 */
export const ofShell = (env: NodeJS.ProcessEnv, wanted: Env): OfShell[] =>
  Object.keys(env)
    .filter((name) => ofOneSignal.test(name) || (wanted[name] !== undefined && wanted[name] !== env[name]))
    .map((name) => ({ name, wins: ofOneSignal.test(name) }));

const ranks = ['user', 'project', 'local', 'flag', 'managed'] as const;

/**
 * The variables in other settings that override the variables of the setup in one scope. A variable is included if settings
 * of higher precedence give it a different value, or if it is for a single OpenTelemetry signal.
 */
export function overruling(place: Place, scope: (typeof ranks)[number], wanted: Env): Overruling[] {
  const others = layersOf(place).layers.filter(({ source }) => source !== scope);
  return others.flatMap(({ source, file, env = {} }) => {
    const isStronger = ranks.indexOf(source) > ranks.indexOf(scope);
    const differs = (name: string) => isStronger && wanted[name] !== undefined && wanted[name] !== env[name];
    const names = Object.keys(env).filter((name) => ofOneSignal.test(name) || differs(name));
    return names.map((name) => ({ name, file, managed: source === 'managed' }));
  });
}

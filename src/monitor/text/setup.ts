import { oneLine, quoted } from '../../core/text.ts';
import type { OfShell, Overruling } from '../setup/elsewhere.ts';
import type { Planned } from '../setup/setup.ts';

/** The change of a settings file as text, with the old and the new value of each variable. */
export function setupText({ file, text, after, variables }: Planned, undo: boolean): string {
  if (text === after) return `${oneLine(file)} already has the right variables. Nothing was changed.`;
  return [
    `${oneLine(file)}, below “env”:`,
    ...variables.flatMap(({ name, before, after: value }) => [
      ...(before === null ? [] : [`  - ${name}: ${quoted(String(before), 200)}`]),
      ...(value === null ? [] : [`  + ${name}: ${quoted(value, 200)}`]),
    ]),
    ...(undo && after === '' ? ['  The file contains nothing else and will be removed.'] : []),
  ].join('\n');
}

/**
 * Lists the variables in other settings that take precedence. Because of these variables, sessions in this folder do not send all telemetry
 * to the monitor. `endpoint`: the monitor's address.
 */
export const overruledText = (overruled: readonly Overruling[], endpoint: string): string =>
  [
    'New sessions in this folder do not send all of their telemetry to the monitor, because other settings take precedence:',
    ...overruled.map(({ name, file }) => `  ${oneLine(name)} in ${oneLine(file)}`),
    ...(overruled.some(({ managed }) => managed)
      ? [
          `Only an administrator of this machine can change managed settings. The collector in these settings can forward the telemetry to ${endpoint}.`,
        ]
      : []),
  ].join('\n');

/**
 * Lists the variables of the shell that contradict the settings. For each variable, the text says whether the shell or the settings take
 * precedence. The values of variables are left out, because they may contain secrets.
 */
export const shellText = (found: readonly OfShell[]): string =>
  [
    'This shell sets variables that contradict the settings:',
    ...found.map(
      ({ name, wins }) =>
        `  ${oneLine(name)}: ${wins ? 'the shell takes precedence, so unset the variable before you start Claude Code' : 'the settings take precedence'}`,
    ),
  ].join('\n');

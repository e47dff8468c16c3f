import { oneLine, quoted } from '../../core/text.ts';
import type { OfShell, Overruling } from '../setup/elsewhere.ts';
import type { Planned } from '../setup/setup.ts';

/** The change of a file of settings, variable by variable. */
export function setupText({ file, text, after, variables }: Planned, undo: boolean): string {
  if (text === after) return `${oneLine(file)} has all that is needed. Nothing is changed.`;
  return [
    `${oneLine(file)}, below “env”:`,
    ...variables.flatMap(({ name, before, after: value }) => [
      ...(before === null ? [] : [`  - ${name}: ${quoted(String(before), 200)}`]),
      ...(value === null ? [] : [`  + ${name}: ${quoted(value, 200)}`]),
    ]),
    ...(undo && after === '' ? ['  The file held nothing else, and goes.'] : []),
  ].join('\n');
}

/** Which other settings keep sessions of this folder from sending to the monitor. `endpoint`: the monitor's address. */
export const overruledText = (overruled: readonly Overruling[], endpoint: string): string =>
  [
    'New sessions in this folder do not send all of their telemetry to the monitor, because other settings win:',
    ...overruled.map(({ name, file }) => `  ${oneLine(name)} in ${oneLine(file)}`),
    ...(overruled.some(({ managed }) => managed)
      ? [`Only the owner of this machine changes those; their collector can pass the telemetry on to ${endpoint}.`]
      : []),
  ].join('\n');

/** What the shell says of the same, and who wins. Values may hold secrets. */
export const shellText = (found: readonly OfShell[]): string =>
  [
    'This shell has variables that say something else:',
    ...found.map(
      ({ name, wins }) =>
        `  ${oneLine(name)}: ${wins ? 'it wins; unset it where you start the client' : 'the settings win'}`,
    ),
  ].join('\n');

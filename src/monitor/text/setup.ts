import { oneLine, quoted } from '../../core/text.ts';
import type { Overruling } from '../setup/elsewhere.ts';
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

/** Which other settings keep sessions of this folder from sending to the monitor. */
export const overruledText = (overruled: readonly Overruling[]): string =>
  [
    'New sessions in this folder do not send all of their telemetry to the monitor, because other settings win:',
    ...overruled.map(({ name, file }) => `  ${oneLine(name)} in ${oneLine(file)}`),
  ].join('\n');

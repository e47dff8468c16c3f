import type { Hook } from '../hook.ts';
import { type Input, textAt, withTextAt } from './inputs.ts';
import { matches, namesOf } from './matching.ts';

/** What a hook is run on alone. `irrelevant`: what it has most likely nothing to do with, where there is such an input. */
export type Chosen = { usual: Input; irrelevant: Input | null };

/** Whether the client runs a hook on an input. `if` rules are not read: the client itself runs a hook whose rule it cannot decide. */
export const runsOn = (hook: Hook, input: Input): boolean =>
  hook.event === input.event && matches(hook.matcher, hook.event, matchedValue(input));

/** The value that matchers are compared with. */
export const matchedValue = (input: Input): string =>
  input.matched === undefined ? '' : String(textAt(input.input, input.matched));

/** The inputs for a hook: those that hooks are measured together on come first. Null where none fits, and none can be made to fit. */
export function chooseInput(hook: Hook, inputs: readonly Input[]): Chosen | null {
  const ofEvent = inputs.filter(({ event }) => event === hook.event).toSorted((a, b) => rank(a) - rank(b));
  const usual = ofEvent.filter(({ kind }) => kind === 'usual');
  const fitting = usual.find((input) => runsOn(hook, input)) ?? fitted(hook, usual[0]);
  if (!fitting) return null;
  const irrelevant = ofEvent.find(({ kind, ...rest }) => kind === 'irrelevant' && sameField(rest, fitting));
  return { usual: fitting, irrelevant: irrelevant ?? null };
}

const rank = ({ together }: Input) => (together ? 0 : 1);

const sameField = (a: Pick<Input, 'input' | 'matched'>, b: Input) =>
  a.matched === b.matched && (b.matched === undefined || textAt(a.input, b.matched) === matchedValue(b));

/** An input whose matched field is what the matcher asks for: its first name, or its pattern without what only patterns have. */
function fitted(hook: Hook, input: Input | undefined): Input | undefined {
  if (input?.matched === undefined || hook.matcher === null) return undefined;
  const [name] = namesOf(hook.matcher, hook.event) ?? [];
  const value =
    name ??
    hook.matcher
      .split('|')[0]!
      .replace(/\.[*+]/g, 'any')
      .replace(/[\\^$()[\]?*+{}]/g, '');
  const made = { ...input, input: withTextAt(input.input, input.matched, value) };
  return value !== '' && runsOn(hook, made) ? made : undefined;
}

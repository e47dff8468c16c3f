import { fulfilling } from '../discover/condition.ts';
import { meaningOf } from '../discover/matcher.ts';
import { matches } from '../discover/matches.ts';
import type { Hook } from '../hook.ts';
import { type Input, textAt, withTextAt } from './inputs.ts';

/**
 * The inputs of a hook that runs alone. `steps`: the inputs in order, the usual input first. `irrelevant`: an input that most likely does
 * not concern the hook. Null if no such input exists.
 */
export type Chosen = { usual: Input; steps: readonly Input[]; irrelevant: Input | null };

/** The value in an input with which matchers are compared, such as `Bash`. Empty if the event ignores matchers. */
export const matchedValue = (input: Input): string =>
  input.matched === undefined ? '' : String(textAt(input.input, input.matched));

/** Turns an input into an occurrence of its event, in the form that `matches` needs. */
export const firingOf = (input: Input) => ({
  event: input.event,
  value: matchedValue(input),
  ...(input.input.tool_input === undefined ? {} : { toolInput: input.input.tool_input }),
});

/**
 * Chooses the inputs for a hook. Inputs on which several hooks are also measured together come first. Null if no input matches the hook,
 * and no input can be changed so that it matches.
 */
export function chooseInput(hook: Hook, inputs: readonly Input[]): Chosen | null {
  const ofEvent = inputs.filter(({ event }) => event === hook.event).toSorted((a, b) => rank(a) - rank(b));
  const usual = ofEvent.filter(({ kind }) => kind === 'usual');
  const fitting =
    usual.find((input) => matches(hook, firingOf(input))) ??
    fulfilled(hook, usual) ??
    usual.find((input) => matches({ ...hook, if: null }, firingOf(input))) ??
    fitted(hook, usual[0]);
  if (!fitting) return null;
  const irrelevant = ofEvent.find(({ kind, ...rest }) => kind === 'irrelevant' && sameField(rest, fitting));
  return { usual: fitting, steps: [fitting], irrelevant: irrelevant ?? null };
}

const rank = ({ together }: Input) => (together ? 0 : 1);

const sameField = (a: Pick<Input, 'input' | 'matched'>, b: Input) =>
  a.matched === b.matched && (b.matched === undefined || textAt(a.input, b.matched) === matchedValue(b));

/** An input that fulfils the hook's `if`. The tool, and the command or file, come from the `if`. */
function fulfilled(hook: Hook, usual: readonly Input[]): Input | undefined {
  const wanted = hook.if === null ? null : fulfilling(hook.if);
  const input = usual.find((one) => matchedValue(one) === wanted?.tool);
  if (!wanted || !input) return undefined;
  const made = { ...input, input: withTextAt(input.input, `tool_input.${wanted.field}`, wanted.text) };
  return matches(hook, firingOf(made)) ? made : undefined;
}

/**
 * An input whose matched field is changed to fulfil the matcher. The new value is the matcher's first name, or the matcher's pattern
 * without pattern characters.
 */
function fitted(hook: Hook, input: Input | undefined): Input | undefined {
  if (input?.matched === undefined || hook.matcher === null) return undefined;
  const meaning = meaningOf(hook.event, hook.matcher);
  const [name] = meaning !== null && meaning !== 'all' && 'names' in meaning ? meaning.names : [];
  const value =
    name ??
    hook.matcher
      .split('|')[0]!
      .replace(/\.[*+]/g, 'any')
      .replace(/[\\^$()[\]?*+{}]/g, '');
  const made = { ...input, input: withTextAt(input.input, input.matched, value) };
  return value !== '' && matches({ ...hook, if: null }, firingOf(made)) ? made : undefined;
}

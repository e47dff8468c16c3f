import { failure } from '../../core/errors.ts';
import type { Input } from '../dry-run/inputs.ts';
import { textAt } from '../dry-run/inputs.ts';
import { subagentsOf } from './find.ts';
import { readTranscript } from './read.ts';
import type { Fact } from './record.ts';

type Of<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/**
 * Makes inputs for hooks from a session. For each tool, an input is made from the call whose input and result together have the median
 * length. Other inputs are made from a prompt and an answer of median length. Each new input replaces the `known` input for the same tool
 * and event, and keeps all other fields of the `known` input.
 * @throws file_unreadable, no_session
 */
export function inputsOf(file: string, known: readonly Input[]): Input[] {
  const made = recordedInputs(factsIn(file), known);
  if (made.length === 0) throw failure('no_session', { wanted: file, folder: null });
  return made;
}

function factsIn(file: string): Fact[] {
  try {
    return readTranscript(file, subagentsOf(file)).facts;
  } catch (error) {
    throw failure('file_unreadable', { file, reason: (error as Error).message });
  }
}

/** Makes the inputs from facts in the order of time. */
function recordedInputs(facts: readonly Fact[], known: readonly Input[]): Input[] {
  const results = new Map(
    facts.filter((fact): fact is Of<'result'> => fact.kind === 'result').map((fact) => [fact.call, fact] as const),
  );
  const calls = facts
    .filter((fact): fact is Of<'answer'> => fact.kind === 'answer')
    .flatMap((answer) => answer.calls)
    .flatMap(({ id, tool, input }) => ({ tool, input, result: results.get(id) }));
  const done = calls.flatMap(({ tool, input, result }) =>
    result && !result.failed && isObject(input) ? { tool, input, response: result.response } : [],
  );
  const prompts = facts.flatMap((fact) => (fact.kind === 'prompt' && fact.typed && !fact.side ? fact.text : []));
  const answers = facts.flatMap((fact) =>
    fact.kind === 'answer' && fact.ends && !fact.side && fact.text !== '' ? fact.text : [],
  );
  const tools = [...new Set(done.map(({ tool }) => tool))];
  return [
    ...tools.flatMap((tool) => {
      const { input: tool_input, response } = middle(done.filter((call) => call.tool === tool));
      return [
        of('PreToolUse', tool, { tool_name: tool, tool_input }),
        of('PostToolUse', tool, { tool_name: tool, tool_input, tool_response: response }),
      ];
    }),
    ...(prompts.length > 0 ? [of('UserPromptSubmit', null, { prompt: middle(prompts) })] : []),
    ...(answers.length > 0 ? [of('Stop', null, { last_assistant_message: middle(answers) })] : []),
  ].filter((input) => input !== null);

  function of(event: string, tool: string | null, fields: Input['input']): Input | null {
    const name = tool === null ? event : `${event}.${tool}`;
    const own = known.find((input) => input.name === name);
    const like = own ?? known.find((input) => input.event === event && input.kind === 'usual');
    if (!like) return null;
    const input = { ...like.input, ...fields };
    const { grows, ...rest } = like;
    const canGrow = grows !== undefined && typeof textAt(input, grows) === 'string';
    // If a tool has no built-in input, its recorded input is used only for hooks that accept no other input. No set of hooks is measured on
    // this input.
    return { ...rest, name, together: own?.together ?? false, ...(canGrow ? { grows } : {}), input };
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

const length = (value: unknown) => JSON.stringify(value).length;

/** The element of a list that has the median length. `all` must not be empty. */
const middle = <T>(all: readonly T[]): T =>
  all.toSorted((a, b) => length(a) - length(b))[Math.floor((all.length - 1) / 2)]!;

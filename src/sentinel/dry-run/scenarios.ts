import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import { asset } from '../../core/locate.ts';
import { matches } from '../discover/matches.ts';
import type { Hook } from '../hook.ts';
import { chooseInput, firingOf } from './choose-input.ts';
import { type Input, readJsonFile, textAt, withTextAt } from './inputs.ts';
import { outcomes } from './outcome.ts';

/** The name of an input, and the texts that replace fields of this input, by the path of the field. */
const step = z.union([z.string(), z.strictObject({ of: z.string(), set: z.record(z.string(), z.string()) })]);

const schema = z.strictObject({
  about: z.string(),
  /** The inputs in the order of a session. `usual`: the usual input of each hook. */
  steps: z.union([z.literal('usual'), z.array(step).check(z.minLength(1))]),
  /** The length in bytes to which one field of each input is lengthened. */
  bytes: z.optional(z.int().check(z.minimum(1), z.maximum(10_000_000))),
  /** The hook gets only the first half of the input's JSON. */
  cut: z.optional(z.literal(true)),
  /** How long the cage's network sink waits before it answers, in ms. */
  delay_ms: z.optional(z.number().check(z.minimum(0), z.maximum(3_600_000))),
  /** The outcomes that count as success. */
  good: z._default(z.array(z.enum(outcomes)), ['ok', 'blocked']),
});

/** A scenario: the events of a session with their inputs, on which benchmarks run hooks. */
export type Scenario = z.infer<typeof schema> & { name: string };

const builtIn = () => asset('sentinel/scenarios');

const nameOf = (file: string) => file.slice(0, -'.json'.length);

/** The names of the built-in scenarios. */
const names = () =>
  readdirSync(builtIn())
    .filter((file) => file.endsWith('.json'))
    .map(nameOf)
    .sort();

/**
 * Reads a scenario: a built-in one by its name, or a user's by the path of its file. `cwd`: the folder to which paths are relative.
 * @throws no_scenario, hook_input_invalid
 */
export function readScenario(named: string, cwd: string): Scenario {
  const isFile = named.endsWith('.json');
  const file = isFile ? resolve(cwd, named) : join(builtIn(), `${named}.json`);
  if (isFile ? !existsSync(file) : !names().includes(named)) throw failure('no_scenario', { named, known: names() });
  const { success, data, error } = schema.safeParse(readJsonFile(file));
  if (success) return { name: named, ...data };
  const issues = error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  throw failure('hook_input_invalid', { file, issues });
}

/**
 * The inputs of a scenario that match a hook, in order. Empty if the hook's event and matcher accept no input. @throws hook_input_invalid
 */
export function stepsFor(hook: Hook, { name, steps, bytes, cut }: Scenario, inputs: readonly Input[]): Input[] {
  const changed = (input: Input): Input => ({ ...input, ...(bytes ? { bytes } : {}), ...(cut ? { cut } : {}) });
  if (steps === 'usual') return [chooseInput(hook, inputs)?.usual ?? []].flat().map(changed);
  return steps
    .map((one) => {
      const { of, set } = typeof one === 'string' ? { of: one, set: {} } : one;
      const input = inputs.find((known) => known.name === of);
      if (!input) throw wrong(name, `input ${of} does not exist`);
      return Object.entries(set).reduce((sum, [path, text]) => withText(sum, path, text, name), input);
    })
    .filter((input) => matches(hook, firingOf(input)))
    .map(changed);
}

function withText(input: Input, path: string, text: string, scenario: string): Input {
  if (typeof textAt(input.input, path) !== 'string') throw wrong(scenario, `${input.name} has no text at ${path}`);
  return { ...input, input: withTextAt(input.input, path, text) };
}

const wrong = (scenario: string, issue: string) => failure('hook_input_invalid', { file: scenario, issues: [issue] });

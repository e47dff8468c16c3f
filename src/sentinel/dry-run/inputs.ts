import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { failure } from '../../core/errors.ts';
import { asset } from '../../core/locate.ts';
import { readUserText } from '../../core/user-file.ts';

/** The placeholders of an input that are filled for each session, such as `${cwd}`. */
export const placeholders = [
  'session_id',
  'transcript_path',
  'cwd',
  'file',
  'prompt_id',
  'tool_use_id',
  'agent_id',
] as const;

const path = z.string().check(z.regex(/^[\w-]+(\.[\w-]+)*$/));

const inputSchema = z.strictObject({
  event: z.string().check(z.minLength(1)),
  about: z.string(),
  /** `usual`: the input concerns most hooks of the event. `irrelevant`: most hooks have nothing to do for the input. */
  kind: z.enum(['usual', 'irrelevant']),
  /** Whether the hooks of the event are also run together on this input. */
  together: z._default(z.boolean(), false),
  /** The path of the field with which matchers are compared, such as `tool_name`. */
  matched: z.optional(path),
  /** The path of a text field that can be lengthened, to see whether the hook's time grows faster than the input. */
  grows: z.optional(path),
  /** The JSON that Claude Code gives the hook on stdin. */
  input: z.record(z.string(), z.unknown()),
});

/**
 * The input of an event's hooks. `name`: the name of its file. `bytes`: the length to which a scenario lengthens the field at the path
 * `grows`. `cut`: whether the scenario cuts the JSON in the middle.
 */
export type Input = z.infer<typeof inputSchema> & { name: string; bytes?: number; cut?: true };

/** The folder of inputs that ships with perf-gate. */
const builtIn = () => asset('sentinel/inputs');

/**
 * Reads the inputs of perf-gate, and the inputs in further folders. A file in a further folder replaces an earlier file of the same name.
 * @throws hook_input_invalid
 */
export function readInputs(folders: readonly string[] = []): Input[] {
  const files = new Map<string, string>();
  for (const folder of [builtIn(), ...folders.filter(existsSync)])
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json')))
      files.set(file.slice(0, -'.json'.length), join(folder, file));
  return [...files].map(([name, file]) => readInput(name, file)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The inputs. A recorded input replaces the input of the same name. */
export const withRecorded = (inputs: readonly Input[], recorded: readonly Input[]): Input[] => [
  ...inputs.filter(({ name }) => !recorded.some((one) => one.name === name)),
  ...recorded,
];

function readInput(name: string, file: string): Input {
  const { success, data, error } = inputSchema.safeParse(readJsonFile(file));
  if (!success)
    throw failure('hook_input_invalid', {
      file,
      issues: error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`),
    });
  for (const place of [data.matched, data.grows])
    if (place !== undefined && typeof textAt(data.input, place) !== 'string')
      throw failure('hook_input_invalid', { file, issues: [`input.${place}: expected a text`] });
  return { name, ...data };
}

/** The value of a JSON file that a user wrote. @throws hook_input_invalid */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readUserText(file));
  } catch (error) {
    throw failure('hook_input_invalid', { file, issues: [(error as Error).message] });
  }
}

/** The value at a path. A path consists of keys with dots between them, such as `tool_input.file_path`. */
export const textAt = (input: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce((value: unknown, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), input);

/** The input with another value at a path. A path consists of keys with dots between them. */
export function withTextAt(input: Input['input'], path: string, text: string): Input['input'] {
  const [key = '', ...rest] = path.split('.');
  const below = input[key];
  return { ...input, [key]: rest.length > 0 && isRecord(below) ? withTextAt(below, rest.join('.'), text) : text };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

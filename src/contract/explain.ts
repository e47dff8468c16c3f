import { closest, distance } from 'fastest-levenshtein';
import type * as z from 'zod';
import { oneOf } from '../core/text.ts';
import { flow, found, type Issue } from './issue.ts';
import { type JsonSchema, schemaAt } from './json-schema.ts';

type Raw = z.core.$ZodIssue;
type Path = Issue['path'];

/**
 * Describes a mistake that the schema found: the expected value, the value in the contract, and an example or the most similar valid name.
 */
export function explain(raw: Raw, root: unknown, schema: JsonSchema, base: Path = []): Issue[] {
  const path = [...base, ...raw.path] as Path;
  const value = valueAt(root, path);
  switch (raw.code) {
    case 'unrecognized_keys':
      return raw.keys.map((key) => unknownKey([...path, key], keysAt(schema, path)));
    case 'invalid_union':
      return explainUnion(raw, path, root, schema);
    case 'invalid_value':
      return [mistake(path, `${oneOf(raw.values)}`, value, schema, nearest(value, raw.values))];
    case 'invalid_type':
      return [mistake(path, typeNames[raw.expected] ?? raw.expected, value, schema)];
    case 'too_small':
    case 'too_big':
      return [mistake(path, bound(raw), value, schema)];
    case 'invalid_key':
      return [{ path, at: 'key', message: `expected ${raw.issues[0]?.message ?? 'another name'}` }];
    default: // if a pattern or a refinement of the schema fails, its message says which value is expected
      return [mistake(path, raw.message, value, schema)];
  }
}

/**
 * Explains the mistakes in a value that can have several forms, such as a number or `auto`. Chooses the form that the user most likely
 * meant, and returns only the mistakes of this form.
 */
function explainUnion(raw: Raw & { code: 'invalid_union' }, path: Path, root: unknown, schema: JsonSchema): Issue[] {
  const value = valueAt(root, path);
  const known = keysAt(schema, path);
  const keys = value && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  const strangers = keys.filter((key) => !known.includes(key));
  if (strangers.length > 0) return strangers.map((key) => unknownKey([...path, key], known));

  const likely = raw.errors
    .filter((branch) => keys.length > 0 && branch.every((issue) => issue.path.length > 0 || 'keys' in issue))
    .sort((a, b) => effort(a, keys) - effort(b, keys))[0];
  const fitting = likely ?? raw.errors.find((branch) => branch.every((issue) => isFraction(issue, value)));
  if (fitting) return fitting.flatMap((issue) => explain(issue, root, schema, path));
  if ('options' in raw && Array.isArray(raw.options)) {
    return [mistake(path, oneOf(raw.options), value, schema, nearest(value, raw.options))];
  }
  const forms = schemaAt(schema, path);
  const names = forms.flatMap((node) => node.enum ?? (node.const === undefined ? [] : [node.const]));
  const kinds = forms.flatMap((node) => {
    if (node.properties) return [`a mapping with ${(node.required ?? []).join(' and ')}`];
    if (node.type === 'integer') return ['a whole number'];
    if (node.type === 'string' && !node.enum && node.const === undefined) return ['text'];
    return node.type === 'boolean' && node.const === undefined ? ['true', 'false'] : [];
  });
  return [mistake(path, oneOf([...names, ...new Set(kinds)]), value, schema, nearest(value, names))];
}

/**
 * Whether the value is a fraction such as 1.5, but the schema expects a whole number. If the schema also allows a word such as `auto`, the
 * user still meant a number.
 */
const isFraction = (issue: Raw, value: unknown) =>
  issue.code === 'invalid_type' && String(issue.expected) === 'int' && typeof value === 'number';

/**
 * The approximate number of edits that turn the user's value into one allowed form. `branch`: the mistakes in the value if the user meant
 * this form.
 */
function effort(branch: Raw[], keys: string[]): number {
  return branch.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + issue.keys.length;
    const absent = issue.path.length > 0 && !keys.includes(String(issue.path[0]));
    return sum + (issue.code === 'invalid_union' && absent ? 1 + keys.length : 1);
  }, 0);
}

function mistake(path: Path, expected: string, value: unknown, schema: JsonSchema, hint = ''): Issue {
  const example = schemaAt(schema, path).find((node) => node.examples)?.examples?.[0];
  const key = path.at(-1);
  const shown =
    example === undefined ? '' : `; for example: ${typeof key === 'string' ? `${key}: ` : ''}${flow(example)}`;
  return { path, at: 'value', message: `expected ${expected}, found ${found(value)}${hint || shown}` };
}

function unknownKey(path: Path, known: string[]): Issue {
  const near = nearest(path.at(-1), known);
  return { path, at: 'key', message: `unknown key${near || `; known here: ${known.join(', ')}`}` };
}

/**
 * A hint such as `; did you mean warmup_runs?`. Empty if no valid name is similar to the value. A similar name is spelt almost like the
 * value, begins with it, or is its beginning.
 */
function nearest(value: unknown, names: readonly unknown[]): string {
  const texts = names.filter((name) => typeof name === 'string');
  if (typeof value !== 'string' || value.length < 2 || texts.length === 0) return '';
  const like = closest(value, texts);
  const isLike = distance(value, like) <= Math.max(1, like.length / 3);
  const near = isLike ? like : texts.find((name) => name.startsWith(value) || value.startsWith(name));
  return near ? `; did you mean ${near}?` : '';
}

const keysAt = (schema: JsonSchema, path: Path) => [
  ...new Set(schemaAt(schema, path).flatMap((node) => Object.keys(node.properties ?? {}))),
];

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

function bound(issue: Raw & { code: 'too_small' | 'too_big' }): string {
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`;
  if (issue.origin === 'string') return 'text that is not empty';
  return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value && typeof value === 'object' && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    root,
  );
}

import { isDeepStrictEqual } from 'node:util';
import { withoutValue, withValue } from '../../sentinel/record/json-edit.ts';

/** Environment variables in the client's settings, by name. */
export type Env = Readonly<Record<string, string>>;

/** All variables in the text of a settings file. @throws Error whose message is the reason why the text is invalid */
export function envIn(text: string): Record<string, unknown> {
  const settings = parsed(text);
  if (!isMapping(settings)) throw new Error('it is not a JSON object');
  const { env = {} } = settings;
  if (!isMapping(env)) throw new Error('`env` is not a JSON object');
  return env;
}

/**
 * The text of a settings file with the given variables added or replaced. All other bytes stay the same. @throws Error whose message is the
 * reason why the text cannot be changed without loss
 */
export function withEnv(text: string, wanted: Readonly<Record<string, unknown>>): string {
  const expected = { ...envIn(text), ...wanted };
  const after = Object.entries(wanted).reduce((now, [name, value]) => withValue(now, ['env', name], value), text);
  return checked(text, after, expected);
}

/**
 * The text of a settings file with the former values of the variables. Variables without a former value are removed. An `env` that is empty
 * afterwards is removed too, unless `keepsEnv` is set. @throws Error as `withEnv`
 */
export function withoutEnv(
  text: string,
  names: readonly string[],
  former: Readonly<Record<string, unknown>>,
  keepsEnv: boolean,
): string {
  const now = envIn(text);
  const rest = Object.fromEntries(Object.entries(now).filter(([name]) => !names.includes(name)));
  const left = { ...rest, ...former };
  if (Object.keys(left).length === 0 && 'env' in (JSON.parse(text) as object) && !keepsEnv)
    return checked(text, withoutValue(text, ['env']), undefined);
  const gone = names.filter((name) => name in now && !(name in former));
  const after = gone.reduce((one, name) => withoutValue(one, ['env', name]), withEnv(text, former));
  return checked(text, after, left);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not valid JSON (comments are not allowed): ${(error as Error).message}`);
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks that only the variables changed, so that a bug in this file cannot destroy settings. */
function checked(before: string, after: string, env: Record<string, unknown> | undefined): string {
  const { env: _, ...others } = JSON.parse(before) as Record<string, unknown>;
  const expected = env === undefined ? others : { ...others, env };
  if (!isDeepStrictEqual(JSON.parse(after), expected)) throw new Error('its formatting is not supported');
  return after;
}

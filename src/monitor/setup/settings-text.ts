import { isDeepStrictEqual } from 'node:util';
import { type Place, placesOf } from '../../sentinel/record/json-places.ts';

/** Variables that the client's settings set, by name. */
export type Env = Readonly<Record<string, string>>;

type Entry = { key: string; from: number; value: Place };

/** The variables in a text of settings, whatever they are. @throws Error: why it is no text of settings */
export function envIn(text: string): Record<string, unknown> {
  const settings: unknown = JSON.parse(text);
  if (!isMapping(settings)) throw new Error('it is no mapping');
  const { env = {} } = settings;
  if (!isMapping(env)) throw new Error('`env` is no mapping');
  return env;
}

/** The text with these variables. All else stays byte for byte. @throws Error: why it cannot be changed without loss */
export function withEnv(text: string, wanted: Env): string {
  const before = envIn(text);
  const after = Object.entries(wanted).reduce((now, [name, value]) => withVariable(now, name, value), text);
  return checked(text, after, { ...before, ...wanted });
}

/**
 * The text in which the variables have their former values again; those that had none are gone, and so is an `env` of which nothing is left
 * and which was not there before. @throws Error: the same
 */
export function withoutEnv(text: string, names: readonly string[], former: Env, keepsEnv: boolean): string {
  const before = envIn(text);
  const rest = Object.fromEntries(Object.entries(before).filter(([name]) => !names.includes(name)));
  const gone = names.filter((name) => name in before && !(name in former));
  const emptied = gone.length > 0 && !keepsEnv && Object.keys(rest).length + Object.keys(former).length === 0;
  if (emptied) return checked(text, without(text, placesOf(text), 'env'), undefined);
  const restored = withEnv(text, former);
  const after = gone.reduce((now, name) => without(now, envPlace(now)!, name), restored);
  return checked(text, after, { ...rest, ...former });
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A slip of ours must not cost a person their settings. */
function checked(before: string, after: string, env: Record<string, unknown> | undefined): string {
  const { env: _, ...others } = JSON.parse(before) as Record<string, unknown>;
  const expected = env === undefined ? others : { ...others, env };
  if (!isDeepStrictEqual(JSON.parse(after), expected)) throw new Error('it is written in a way that is not understood');
  return after;
}

// JSON.parse takes the last of several entries with one key.
const entryOf = (place: Place, key: string): Entry | undefined =>
  place.kind === 'object' ? place.entries.findLast((entry) => entry.key === key) : undefined;

const envPlace = (text: string): Place | undefined => entryOf(placesOf(text), 'env')?.value;

function withVariable(text: string, name: string, value: string): string {
  const env = envPlace(text);
  if (!env) return withEntry(text, placesOf(text), (at, line) => `"env": {${line(1)}${pair(name, value)}${at}}`);
  const known = entryOf(env, name)?.value;
  if (known) return text.slice(0, known.start) + JSON.stringify(value) + text.slice(known.end);
  return withEntry(text, env, () => pair(name, value));
}

const pair = (name: string, value: string) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`;

/** Adds an entry at the end of an object, laid out as what stands there. `at`: the beginning of the object's own lines; `line`: of deeper ones. */
function withEntry(
  text: string,
  place: Place,
  entry: (at: string, line: (deeper: number) => string) => string,
): string {
  const entries = place.kind === 'object' ? place.entries : [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^[^\S\n]+(?=")/m.exec(text)?.[0] ?? '  ';
  const last = entries.at(-1);
  const before = last ? text.slice(place.start + 1, entries[0]!.from) : '';
  if (last && !before.includes('\n')) {
    const onOneLine = entry('', () => '');
    return `${text.slice(0, last.value.end)}, ${onOneLine}${text.slice(last.value.end)}`;
  }
  const base = /^[^\S\n]*/.exec(text.slice(text.lastIndexOf('\n', place.start) + 1))![0];
  const at = last ? before.slice(before.lastIndexOf('\n') + 1) : base + unit;
  const written = entry(`${eol}${at}`, (deeper) => `${eol}${at}${unit.repeat(deeper)}`);
  if (last) return `${text.slice(0, last.value.end)},${eol}${at}${written}${text.slice(last.value.end)}`;
  return `${text.slice(0, place.start + 1)}${eol}${at}${written}${eol}${base}${text.slice(place.end - 1)}`;
}

/** The text without an entry of an object, and without a comma too many. */
function without(text: string, place: Place, key: string): string {
  const entries = place.kind === 'object' ? place.entries : [];
  const i = entries.findLastIndex((entry) => entry.key === key);
  const cut = (from: number, to: number) => text.slice(0, from) + text.slice(to);
  if (entries.length === 1) return cut(place.start + 1, place.end - 1);
  return i > 0 ? cut(entries[i - 1]!.value.end, entries[i]!.value.end) : cut(entries[0]!.from, entries[1]!.from);
}

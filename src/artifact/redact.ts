import { replacing, replacingIn } from './replace.ts';
import { encodings, joined, unescaped } from './spellings.ts';

export type Redact = (text: string) => string;

/** Names of environment variables whose values are secret. */
const SECRET_NAME =
  /SECRET|PASSWORD|PASSWD|PASSPHRASE|(API|ACCESS|PRIVATE)_?KEY|CREDENTIAL|(^|_)(TOKENS?|AUTH|PASS|PAT)(_|$)|_PWD$/i;

/** The password in a URL, regardless of the name of its variable. */
const IN_URL = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

/**
 * The length of the shortest value that is redacted. If shorter values were redacted, ordinary words and numbers would disappear from
 * texts.
 */
const SHORTEST = 6;

const REDACTED = '[redacted]';

/**
 * Makes a function that removes the values of secrets from a text. If a value has several lines, each single line of it is removed too,
 * because artifacts indent lines and messages join lines. Encoded values are removed too. If a value is cut off by `…`, the remaining part
 * of it is removed too. `known`: the values of the contract's secrets file.
 */
export function redactor(known: Record<string, string>, env: NodeJS.ProcessEnv): Redact {
  const values = [...Object.values(known), ...Object.entries(env).flatMap(([name, value]) => secretsOf(name, value))];
  const plain = values
    .flatMap((value) => [value, ...value.split(/\r?\n/).map((line) => line.trim())])
    .filter((value) => value.length >= SHORTEST);
  if (plain.length === 0) return (text) => text;
  const encoded = [...new Set(plain.flatMap(encodings))];
  const spelled = [...new Set([...plain, ...plain.map(inJson), ...encoded])];
  const steps = [
    replacing(spelled, REDACTED),
    withoutCuts(spelled),
    replacingIn(joined, encoded, { by: REDACTED, least: SHORTEST }),
    replacingIn(unescaped, spelled, { by: REDACTED, least: SHORTEST }),
  ];
  return (text) => steps.reduce((left, step) => step(left), text);
}

const inJson = (value: string) => JSON.stringify(value).slice(1, -1);

function secretsOf(name: string, value = ''): string[] {
  return SECRET_NAME.test(name) ? [value] : [...value.matchAll(IN_URL)].map((found) => found[1]!);
}

/**
 * Removes parts of secrets next to `…`, because perf-gate shortens some output with `…` before the output is redacted, and can cut a secret
 * in two.
 */
function withoutCuts(secrets: readonly string[]): Redact {
  const shortParts = new Set(secrets.flatMap((secret) => [...partsOf(secret)]));
  const withoutCut = (piece: string, { after, before }: { after: boolean; before: boolean }) => {
    if (before && shortParts.has(piece.slice(-SHORTEST))) {
      const part = longest(
        secrets,
        (secret, length) => secret.slice(0, length),
        (found) => piece.endsWith(found),
      );
      if (part) return `${piece.slice(0, -part.length)}${REDACTED}`;
    }
    if (!after || !shortParts.has(piece.slice(0, SHORTEST))) return piece;
    const part = longest(
      secrets,
      (secret, length) => secret.slice(-length),
      (found) => piece.startsWith(found),
    );
    return part ? `${REDACTED}${piece.slice(part.length)}` : piece;
  };
  return (text) => {
    const pieces = text.split('…');
    const last = pieces.length - 1;
    return pieces.map((piece, i) => withoutCut(piece, { after: i > 0, before: i < last })).join('…');
  };
}

/** All substrings of a secret that have the minimum length. */
const partsOf = (secret: string) =>
  Array.from({ length: secret.length - SHORTEST + 1 }, (_, i) => secret.slice(i, i + SHORTEST));

/**
 * The longest part of any secret for which `isThere` returns true; a whole secret is not a part. Returns an empty text if no part is found.
 */
function longest(
  secrets: readonly string[],
  part: (secret: string, length: number) => string,
  isThere: (part: string) => boolean,
): string {
  let found = '';
  for (const secret of secrets)
    for (let length = secret.length - 1; length >= Math.max(SHORTEST, found.length + 1); length--)
      if (isThere(part(secret, length))) found = part(secret, length);
  return found;
}

/** Redacts every string in plain data, at any depth. Keys and numbers do not change. */
export function redactData<Data>(data: Data, redact: Redact): Data {
  if (typeof data === 'string') return redact(data) as Data;
  if (Array.isArray(data)) return data.map((item) => redactData(item, redact)) as Data;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([k, v]) => [k, redactData(v, redact)])) as Data;
}

export type Redact = (text: string) => string;

/** Names of environment variables whose values are secret. */
const SECRET_NAME =
  /SECRET|PASSWORD|PASSWD|PASSPHRASE|(API|ACCESS|PRIVATE)_?KEY|CREDENTIAL|(^|_)(TOKENS?|AUTH|PASS|PAT)(_|$)|_PWD$/i;

/** The password in a URL, whatever its variable is called. */
const IN_URL = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

/** The shortest value that is redacted: shorter ones would remove ordinary words and numbers. */
const SHORTEST = 6;

const REDACTED = '[redacted]';

/**
 * Makes a function that removes the values of secrets from a text: whole values, their single lines (artifacts indent lines, messages
 * join them), and parts beside `…`. `known`: the values of the contract's secrets file.
 */
export function redactor(known: Record<string, string>, env: NodeJS.ProcessEnv): Redact {
  const values = [...Object.values(known), ...Object.entries(env).flatMap(([name, value]) => secretsOf(name, value))];
  const spellings = values
    .flatMap((value) => [value, ...value.split(/\r?\n/).map((line) => line.trim())])
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .filter((value) => value.length >= SHORTEST);
  const longestFirst = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((left, secret) => withoutCut(left.replaceAll(secret, REDACTED), secret), text);
}

function secretsOf(name: string, value = ''): string[] {
  return SECRET_NAME.test(name) ? [value] : [...value.matchAll(IN_URL)].map((found) => found[1]!);
}

/** Removes parts of a secret beside `…`: output may be cut before it is redacted, in the middle of a secret. */
function withoutCut(text: string, secret: string): string {
  const pieces = text.split('…');
  return pieces
    .map((piece, i) => withoutPart(piece, secret, { after: i > 0, before: i < pieces.length - 1 }))
    .join('…');
}

function withoutPart(text: string, secret: string, dots: { after: boolean; before: boolean }): string {
  for (let length = secret.length - 1; length >= SHORTEST; length--) {
    if (dots.before && text.endsWith(secret.slice(0, length))) return `${text.slice(0, -length)}${REDACTED}`;
    if (dots.after && text.startsWith(secret.slice(-length))) return `${REDACTED}${text.slice(length)}`;
  }
  return text;
}

/** Redacts every string in plain data, at any depth. Keys and numbers stay. */
export function redactData<Data>(data: Data, redact: Redact): Data {
  if (typeof data === 'string') return redact(data) as Data;
  if (Array.isArray(data)) return data.map((item) => redactData(item, redact)) as Data;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([k, v]) => [k, redactData(v, redact)])) as Data;
}

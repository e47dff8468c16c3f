export type Redact = (text: string) => string;

/** Names of environment variables whose values are never written anywhere. */
const SECRET_NAME = /(^|_)(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|CREDENTIALS?|AUTH)(_|$)/i;

/** Shorter values would blank out ordinary words and numbers. */
const SHORTEST = 6;

/** Takes the values of secrets out of a text. `known` are the values of the contract's secrets file. */
export function redactor(known: Record<string, string>, env: NodeJS.ProcessEnv): Redact {
  const values = [
    ...Object.values(known),
    ...Object.entries(env).flatMap(([name, value]) => (value && SECRET_NAME.test(name) ? [value] : [])),
  ]
    .filter((value) => value.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const spellings = [...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))];
  return (text) => spellings.reduce((left, secret) => left.replaceAll(secret, '[redacted]'), text);
}

/** The same for everything that is text in plain data, however deep; numbers stay numbers, so that the data stays readable. */
export function redactData<Data>(data: Data, redact: Redact): Data {
  if (typeof data === 'string') return redact(data) as Data;
  if (Array.isArray(data)) return data.map((item) => redactData(item, redact)) as Data;
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([k, v]) => [redact(k), redactData(v, redact)])) as Data;
}

import matter from 'gray-matter';
import { Document, isScalar, LineCounter, parseDocument, stringify, visit, type YAMLError } from 'yaml';
import { significant } from '../core/figures.ts';

/** A Markdown file with YAML frontmatter: `data` for programs, `body` for people. */
export type Frontmatter = { data: Record<string, unknown>; body: string };

const refuse = (language: string) => ({
  parse(): never {
    throw new Error(`the frontmatter is in “${language}”, but only YAML is allowed`);
  },
  stringify(): never {
    throw new Error(`the frontmatter is in “${language}”, but only YAML is allowed`);
  },
});

/**
 * Reads frontmatter, and normalises line ends. Called without options, gray-matter would have two faults: it would run the code of `---js`
 * frontmatter, and it would return cached objects that an earlier caller could have changed.
 * @throws Error for frontmatter in a language other than YAML, and for invalid YAML. The message about invalid YAML contains the number of
 * the line.
 */
export function parseFrontmatter(text: string): Frontmatter {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const language = /^---[ \t]*([^\s-][^\n]*)/.exec(plain)?.[1]?.trim().toLowerCase();
  if (language && language !== 'yaml' && language !== 'yml') refuse(language).parse();
  const parsed = matter(plain, {
    language: 'yaml',
    engines: {
      yaml: { parse: parseYaml, stringify },
      js: refuse('js'),
      javascript: refuse('javascript'),
      json: refuse('json'),
    },
  });
  return { data: parsed.data as Record<string, unknown>, body: parsed.content };
}

/** Writes frontmatter and body as one text. Lists of scalars take one line, and long strings are not folded, so that diffs are readable. */
export function formatFrontmatter(data: object, body: string): string {
  const doc = new Document(data, { aliasDuplicateObjects: false });
  visit(doc, {
    Seq(_, list) {
      if (list.items.every((item) => isScalar(item))) list.flow = true;
    },
  });
  return `---\n${doc.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n${body.startsWith('\n') ? '' : '\n'}${body}${body.endsWith('\n') ? '' : '\n'}`;
}

/**
 * Rounds measured numbers for readers, such as 547.7909999999999 to 547.791. A number below 1,000,000 keeps six significant digits; a
 * larger number is rounded to a whole number. The numbers of a contract are not rounded: they stay as a person wrote them. The journal
 * holds all digits of the measured numbers.
 */
export function rounded<Data>(data: Data): Data {
  if (typeof data === 'number') return (Math.abs(data) < 1e6 ? significant(data, 6) : Math.round(data)) as Data;
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return data.map(rounded) as Data;
  const entries = Object.entries(data).map(([key, value]) => [key, key === 'contract' ? value : rounded(value)]);
  return Object.fromEntries(entries) as Data;
}

function parseYaml(text: string): object {
  const doc = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, lineCounter: new LineCounter() });
  const error: YAMLError | undefined = doc.errors[0];
  if (error) throw new Error(error.message.split('\n')[0] ?? 'invalid YAML');
  const value: unknown = doc.toJS({ maxAliasCount: 100 }) ?? {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Error('the frontmatter is not a list of “key: value” lines');
  return value as object;
}

import { readFileSync } from 'node:fs';

/** Turns a page into a module, and each glossary term in it into a link. */
export function glossary(file) {
  const terms = new Set(JSON.parse(readFileSync(file, 'utf8')).terms);
  const link = (word) => (terms.has(word) ? `[${word}](#${word})` : word);
  return {
    name: 'glossary',
    transform(text, id) {
      if (!id.endsWith('.md')) return null;
      return { code: `export default ${JSON.stringify(text.replace(/\w+/g, link))};`, moduleType: 'js' };
    },
  };
}

import { readFileSync } from 'node:fs';

/** Turns a page into a module, and each glossary term in it into a link. */
export function glossary(file) {
  return {
    name: 'glossary',
    transform(text, id) {
      if (!id.endsWith('.md')) return null;
      return { code: `export default ${JSON.stringify(withLinks(text, file))};`, moduleType: 'js' };
    },
  };
}

function withLinks(text, file) {
  const { terms } = JSON.parse(readFileSync(file, 'utf8'));
  let linked = text;
  for (const term of terms) linked = linked.replace(new RegExp(`\\b${term}\\b`, 'g'), `[${term}](#${term})`);
  return linked;
}

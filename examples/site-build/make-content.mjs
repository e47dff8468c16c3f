// Generates a manual: the same 150 pages and 1 000 terms on every machine.
import { mkdirSync, writeFileSync } from 'node:fs';

const terms = Array.from({ length: 1000 }, (_, n) => `term${n}`);
const word = (n) => (n % 11 === 0 ? terms[(n * 31) % terms.length] : ['the', 'press', 'holds', 'a', 'litre'][n % 5]);
mkdirSync('content', { recursive: true });
writeFileSync('glossary.json', JSON.stringify({ terms }));
for (let page = 0; page < 150; page++) {
  const words = Array.from({ length: 300 }, (_, i) => word(page * 300 + i));
  writeFileSync(`content/page-${page}.md`, `# Page ${page}\n\n${words.join(' ')}\n`);
}

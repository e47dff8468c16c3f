import { readdirSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { glossary } from './plugins/glossary.mjs';

const pages = readdirSync('content').filter((name) => name.endsWith('.md'));
writeFileSync(
  'content/index.js',
  pages.map((page, i) => `import p${i} from './${page}';\n`).join('') +
    `export default [${pages.map((_, i) => `p${i}`)}];\n`,
);

const bundle = await rolldown({ input: 'content/index.js', plugins: [glossary('glossary.json')] });
await bundle.write({ file: 'dist/site.js', minify: true });
await bundle.close();

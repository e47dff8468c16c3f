// Bundles the command line into dist/: start-up is then that of a few files, and the package needs no dependencies.
import { rmSync } from 'node:fs';
import { build } from 'rolldown';

/** gray-matter's own engines evaluate JavaScript frontmatter, and bring a second YAML parser. Ours replace them all: they stay out. */
const withoutEngines = {
  name: 'without-frontmatter-engines',
  load: (id) => (/gray-matter[/\\]lib[/\\]engines\.js$/.test(id) ? 'module.exports = {};' : null),
};

rmSync('dist', { recursive: true, force: true });
await build({
  input: { cli: 'src/cli/index.ts' },
  platform: 'node',
  plugins: [withoutEngines],
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', minify: true },
  logLevel: 'warn',
});

// Bundles the command line into dist/: start-up is then that of a few files, and the package needs no dependencies.
import { rmSync } from 'node:fs';
import { build } from 'rolldown';
import { bundle } from './bundle.mjs';

rmSync('dist', { recursive: true, force: true });
await build({
  ...bundle,
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', minify: true },
  logLevel: 'warn',
});

// Bundles the command line into dist/: start-up is then that of a few files, and the package needs no dependencies.
import { rmSync } from 'node:fs';
import { build } from 'rolldown';
import { bundle } from './bundle.mjs';

rmSync('dist', { recursive: true, force: true });
await build({
  ...bundle,
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify: true,
    // Every file that is loaded is felt in a hook: what it needs is one.
    codeSplitting: {
      groups: [
        {
          name: 'light',
          test: /src[/\\](core[/\\](fs|lock|debris|processes|unique)|artifact[/\\]paths|run[/\\]binding|agent[/\\]hooks[/\\]state|cli[/\\]folder-above)\.ts$/,
        },
      ],
    },
  },
  logLevel: 'warn',
});

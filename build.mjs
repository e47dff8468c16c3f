// Bundles the command line into dist/. Start-up then loads only a few files, and the package needs no dependencies.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';
import { bundle, page } from './bundle.mjs';
import { writeLibrary } from './library.mjs';

/** Files of src/ by their paths without `.ts`. */
const files = (...paths) => new RegExp(`src[/\\\\](${paths.join('|').replaceAll('/', '[/\\\\]')})\\.ts$`);

/** The bundle's chunks, one file each. Each loaded file costs time: a hook loads two, a command that only reads a run loads a few. */
const chunks = {
  light: files(
    'core/(fs|lock|temporary-files|processes)',
    'artifact/paths',
    'run/binding',
    'agent/hooks/state',
    'cli/folder-above',
  ),
  every: files(
    'cli/(main|commands|command|options)',
    'cli/terminal/tools',
    'core/(amount|errors|catalogue/.+|disk|clock|text|units|figures)',
    'record/stages',
    'run/background',
    'stats/robust',
  ),
  reading: files(
    'cli/terminal/(at-work|find-run)',
    'core/(locate|hash|queue)',
    'artifact/journal',
    'record/(runs|glance|first-record|outcome)',
    'run/next-step',
    'experiment/measurement-lock',
    'measure/environment/machine-lock',
  ),
};

rmSync('dist', { recursive: true, force: true });
await build({
  ...bundle,
  output: {
    dir: 'dist',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: true,
    codeSplitting: { groups: Object.entries(chunks).map(([name, test], i) => ({ name, test, priority: 9 - i })) },
  },
  logLevel: 'warn',
});

writeLibrary();

await build({
  ...page,
  output: { dir: 'dist', format: 'iife', entryFileNames: '[name].js', minify: true },
  logLevel: 'warn',
});
const styles = [import.meta.resolve('uplot/dist/uPlot.min.css'), 'src/monitor/page/style.css'];
writeFileSync(
  'dist/page.css',
  styles.map((file) => readFileSync(file.startsWith('file:') ? new URL(file) : file, 'utf8')).join('\n'),
);

import { writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';

const bundle = await rolldown({ input: 'src/app.js' });
const { output } = await bundle.write({ file: 'dist/app.js', minify: true });
await bundle.close();

// The bytes that each module adds to the bundle, in esbuild's metafile format, which bundle viewers read.
if (process.env.METAFILE) {
  const [chunk] = output;
  const path = (id) => id.replace(`${process.cwd()}/`, '');
  const modules = Object.entries(chunk.modules).map(([id, { renderedLength }]) => [path(id), renderedLength]);
  const bytes = modules.reduce((sum, [, length]) => sum + length, 0);
  writeFileSync(
    process.env.METAFILE,
    JSON.stringify({
      inputs: Object.fromEntries(modules.map(([id, length]) => [id, { bytes: length, imports: [] }])),
      outputs: {
        'dist/app.js': {
          bytes,
          imports: [],
          exports: [],
          inputs: Object.fromEntries(modules.map(([id, length]) => [id, { bytesInOutput: length }])),
        },
      },
    }),
  );
}

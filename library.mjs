// Makes a library of the bundle: adds types, and entry files for `import` next to those for `require`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import ts from 'typescript';

/** Each entry of the package, and the sources whose exports are all public. Their types use no type of the other sources. */
const declared = {
  api: ['asked', 'judge', 'compare', 'measure', 'rank-tests', 'index'],
  'node-test': ['node-test'],
};

/** Writes, for each entry, its types for `import` and for `require`, and its file for `import`. */
export function writeLibrary() {
  const load = createRequire(resolve('dist/'));
  for (const [door, files] of Object.entries(declared)) {
    const types = files.map(typesOf).join('\n');
    for (const [kind, of] of Object.entries({ mts: 'mjs', cts: 'cjs' }))
      writeFileSync(
        `dist/${door}.d.${kind}`,
        door === 'api' ? types : `import type { How, Subject } from './api.${of}';\n${types}`,
      );
    const names = Object.keys(load(resolve(`dist/${door}.cjs`))).sort();
    writeFileSync(`dist/${door}.mjs`, `import it from './${door}.cjs';\nexport const { ${names.join(', ')} } = it;\n`);
  }
  writeFileSync('dist/vitest.mjs', vitest);
  writeFileSync('dist/vitest.d.mts', vitestTypes);
}

function typesOf(file) {
  const fileName = `src/api/${file}.ts`;
  const compilerOptions = { strict: true, declaration: true, isolatedDeclarations: true };
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), {
    fileName,
    compilerOptions,
    reportDiagnostics: true,
  });
  if (diagnostics?.length)
    throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`);
  // an entry's types are one file, so imports from other sources are removed
  return outputText.replace(/^(?:import|export) [^;]* from '\.[^;]*;\n/gm, '');
}

const vitest = `import { expect } from 'vitest';
import it from './matchers.cjs';
expect.extend(it.matchers);
`;

const vitestTypes = `import type { How, Subject } from './api.mjs';
import 'vitest';

declare module 'vitest' {
  interface Matchers<T = any> {
    /** It is faster than the other by at least this: '10%', '10ms'. */
    toBeFasterThan(other: Subject, amount: string | number, how?: How): Promise<void>;
    /** It is slower than the other by less than this many per cent: '3%'. */
    toBeNoSlowerThan(other: Subject, margin: string | number, how?: How): Promise<void>;
  }
}
`;

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { hotspots } from '../../../src/profile/rank/hotspots.ts';
import { projectProfile } from '../../../src/profile/rank/project-profile.ts';
import { folder } from '../../helpers/folder.ts';

const source = `type N = number;

export function burn(n: N): N {
  let s = 0;
  for (let i = 0; i < n; i++) s += i % 7;
  return s;
}
burn(2e8);
`;

test.each(['inline', 'linked'] as const)(
  'a bundle with a map (%s): hotspots are places in the sources',
  async (sourcemap) => {
    const root = folder({ 'src/burn.ts': source });
    buildSync({
      absWorkingDir: root,
      entryPoints: ['src/burn.ts'],
      outfile: join(root, 'dist/o.js'),
      sourcemap,
      minify: true,
    });
    execFileSync(process.execPath, ['--cpu-prof', '--cpu-prof-name=p.cpuprofile', 'dist/o.js'], { cwd: root });
    const found = hotspots(await projectProfile([join(root, 'p.cpuprofile')], root), root);
    expect(found.hotspots[0]).toMatchObject({ file: 'src/burn.ts', line: 3 });
  },
);

test('a map that leads out of the project, and one that is broken, change nothing', async () => {
  for (const map of [
    '{"version":3,"sources":["../../../etc/passwd"],"names":[],"mappings":"AAAA"}',
    '{"version":3,',
    'x',
  ]) {
    const root = folder({ 'o.js': '//# sourceMappingURL=o.js.map' });
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'o.js.map'), map);
    const call = { functionName: 'f', url: `file://${root}/o.js`, lineNumber: 0, columnNumber: 0 };
    writeFileSync(
      join(root, 'p.cpuprofile'),
      JSON.stringify({ nodes: [{ id: 1, callFrame: call }], samples: [1, 1], timeDeltas: [0, 10] }),
    );
    const { hotspots: found } = hotspots(await projectProfile([join(root, 'p.cpuprofile')], root), root);
    expect(found[0]).toMatchObject({ file: 'o.js', line: 1 });
  }
});

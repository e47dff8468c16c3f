import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { execute } from '../helpers/cli.ts';
import { pack } from '../helpers/pack.ts';

/** The report of `npm pack`: sizes of the package in bytes, packed and unpacked. */
type Packed = { filename: string; size: number; unpackedSize: number; files: { path: string }[] };

const root = join(import.meta.dirname, '../..');

/** A user's project with the packed package installed offline, and two modules that do different amounts of work. */
export function stranger() {
  let home = '';
  let packed: Packed;
  const folder = () => join(home, 'stranger');
  const write = (name: string, text: string) => writeFileSync(join(folder(), name), text);
  const env = () => ({ ...process.env, NODE_OPTIONS: '', XDG_CACHE_HOME: join(home, 'cache') });

  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-stranger-')));
    const npm = (cwd: string, ...args: string[]) =>
      execFileSync('npm', [...args, '--ignore-scripts', '--offline', '--no-audit', '--no-fund'], {
        cwd,
        env: { ...env(), npm_config_cache: join(home, 'npm') },
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const published = dirname(dirname(pack(home)));
    packed = (JSON.parse(npm(published, 'pack', '--json', '--pack-destination', home)) as Packed[])[0]!;
    mkdirSync(join(folder(), 'tests'), { recursive: true });
    write('package.json', '{ "type": "module", "private": true }');
    npm(folder(), 'install', join(home, packed.filename));
    mkdirSync(join(folder(), 'node_modules/@types'));
    for (const name of ['vitest', 'typescript', '@types/node'])
      symlinkSync(join(root, 'node_modules', name), join(folder(), 'node_modules', name));
    const work = (turns: number) =>
      `export function run() { let sum = 0; for (let i = 0; i < ${turns}; i += 1) sum += Math.sqrt(i); return sum; }`;
    write('fast.js', work(1000));
    write('slow.js', work(20_000));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

  return {
    folder,
    packed: () => packed,
    write,
    /** Runs Node in that project; programs of packages are named by their path below `node_modules`. */
    node: (...args: string[]) => execute(process.execPath, args, { cwd: folder(), env: env() }),
  };
}

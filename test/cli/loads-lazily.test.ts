import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

/** The texts of the published files that a command loads, according to V8's coverage, without the launcher. */
function loadedBy(cwd: string, ...args: string[]): string[] {
  const folder = temporaryFolder();
  execFileSync(process.execPath, [perfgate.bin(), ...args], {
    cwd,
    env: { ...perfgate.env(), NODE_V8_COVERAGE: folder },
    input: '{}',
    stdio: 'pipe',
  });
  const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const urls = reports.flatMap(({ result }: { result: { url: string }[] }) => result.map(({ url }) => url));
  return urls.filter((url) => url.includes('/package/dist/')).map((url) => readFileSync(fileURLToPath(url), 'utf8'));
}

/** A pattern for each package that identifies it in the bundle. */
const packages = {
  // The whole of it, which the contract's schema needs; a journal is read by its small core.
  zod: /safeDecodeAsync/,
  xstate: /xstate\.init/,
  yaml: /yaml\.document/,
  execa: /isMaxBuffer/,
  commander: /commander\.helpDisplayed/,
  'node:child_process': /["'`]node:child_process["'`]/,
};

const packagesIn = (texts: string[]) =>
  Object.entries(packages).flatMap(([name, mark]) => (texts.some((text) => mark.test(text)) ? [name] : []));

it('--version loads almost no code', () => {
  const loaded = loadedBy(temporaryFolder(), '--version');
  expect(loaded.join('').length).toBeLessThan(1000);
});

it('commands that only read a run load few files: no contract schema, no state machine, no YAML, no code that starts processes', async () => {
  const { root } = countingProject();
  await perfgate.json(root, 'start', 'less', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  for (const [most, ...args] of [
    [8, 'status'],
    [8, 'list'],
    [9, 'statusline'],
  ] as [number, ...string[]][]) {
    const loaded = loadedBy(root, ...args);
    expect(loaded.length, args.join(' ')).toBeGreaterThan(5);
    expect(loaded.length, args.join(' ')).toBeLessThanOrEqual(most);
    expect(packagesIn(loaded), args.join(' ')).toEqual([]);
  }
  expect(packagesIn(loadedBy(root, 'brief'))).toEqual([]);
  expect(packagesIn(loadedBy(root, 'schema'))).toContain('zod');
});

it('a call with arguments loads the parser and only its own command', async () => {
  const { root } = countingProject();
  await perfgate.json(root, 'start', 'less', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  expect(packagesIn(loadedBy(root, 'list', '--cwd', '.'))).toEqual(['commander', 'node:child_process']);
  const all = loadedBy(root, '--help');
  expect(all.length).toBeGreaterThan(50);
  expect(packagesIn(all)).toEqual(Object.keys(packages).filter((name) => name !== 'execa'));
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

/** The texts of the published files that a command loads, as V8 counts them. */
function loadedBy(cwd: string, ...args: string[]): string[] {
  const folder = temporaryFolder();
  execFileSync(process.execPath, [perfgate.bin(), ...args], {
    cwd,
    env: { ...perfgate.env(), NODE_V8_COVERAGE: folder },
    stdio: 'pipe',
  });
  const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const urls = reports.flatMap(({ result }: { result: { url: string }[] }) => result.map(({ url }) => url));
  return urls.filter((url) => url.includes('/package/dist/')).map((url) => readFileSync(fileURLToPath(url), 'utf8'));
}

const heavy = /ZodError|xstate\.init|yaml\.document/;

it('what only reads a run loads neither schemas, nor the machine, nor YAML', async () => {
  const { root } = countingProject();
  await perfgate.json(root, 'start', 'less', '--contract', 'c.yaml', '--yes', '--fix-command', halve);
  for (const args of [['status'], ['list'], ['brief']]) {
    const loaded = loadedBy(root, ...args);
    expect(loaded.length, args.join(' ')).toBeGreaterThan(5);
    expect(
      loaded.filter((text) => heavy.test(text)),
      args.join(' '),
    ).toEqual([]);
  }
  expect(loadedBy(root, 'schema').some((text) => heavy.test(text))).toBe(true);
});

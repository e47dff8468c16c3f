import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve, sampled } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
afterEach(() => vi.unstubAllEnvs());

const dep = 'node_modules/dep/index.js';

/** Runs a fix on a project with an ignored file, and tells where each execution ran, the file's inode there, and its content before. */
async function ran(fix: string) {
  const log = join(temporaryFolder(), 'log');
  vi.stubEnv('LOG', log);
  const look = `echo "$(pwd) $(ls -i ${dep}) $(tr '\\n' , < ${dep})" >> "$LOG"`;
  const repo = countingProject(
    { repro: { script: `${look}; sh bench.sh` }, metrics: { primary: sampled } },
    { '.gitignore': 'node_modules/\n' },
  );
  repo.write(dep, 'dep\n');
  const ended = await perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);
  const seen = readFileSync(log, 'utf8').trim().split('\n');
  return { ended, repo, seen: seen.map((line) => line.split(' ') as [string, string, string, string]) };
}

it('a candidate that writes into an ignored file of its arm is judged; base and project keep the file', async () => {
  const { ended, repo, seen } = await ran(`${halve}; echo 'echo more >> ${dep}' >> work.sh`);
  expect(ended).toMatchObject({ outcome: 'accepted' });
  expect(repo.read(dep)).toBe('dep\n');
  // Each session begins with whole files at both places, also where the one before wrote at that place.
  const first = (name: string) => seen.filter(([dir, , , text]) => dir.endsWith(name) && text === 'dep,').length;
  expect(Math.min(first('/a'), first('/b'))).toBeGreaterThan(5);
  expect(seen.some(([, , , text]) => text.startsWith('dep,more,'))).toBe(true);
});

it('a run uses the copies of its pre-flight, and never the files of the project', async () => {
  const { ended, repo, seen } = await ran(halve);
  expect(ended).toMatchObject({ outcome: 'accepted' });
  const inodes = (of: RegExp) => new Set(seen.filter(([dir]) => of.test(dir)).map(([, inode]) => inode));
  const tried = inodes(/\/preflight-[0-9a-f]+\/a$/);
  expect(tried.size).toBe(1);
  expect(inodes(/\/[0-9a-f]{16}\/a$/)).toEqual(tried);
  expect([...inodes(/\/[ab]$/)]).not.toContain(String(statSync(join(repo.root, dep)).ino));
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
afterEach(() => vi.unstubAllEnvs());

it.each([
  ['without a correctness command', undefined, 2],
  ['with a correctness command that only adds files', 'touch report.xml', 2],
  ['with a correctness command that changes a file, the head twice', 'echo "" >> other.txt', 3],
])('each commit is prepared once for a screen: %s', async (_, correctness, times) => {
  const log = join(temporaryFolder(), 'log');
  vi.stubEnv('LOG', log);
  const repo = countingProject({
    repro: { setup: 'pwd >> "$LOG"; test ! -e report.xml' },
    guards: correctness ? { correctness } : {},
  });
  repo.git('checkout', '--quiet', '-b', 'change');
  repo.write('work.sh', 'STEPS=99\nANSWER=42\n');
  repo.commit('the change');
  const ended = await perfgate.json(repo.root, 'compare', 'main', 'change', '--contract', 'c.yaml');
  expect(ended).toMatchObject({ verdict: 'rejected' });
  const places = readFileSync(log, 'utf8').trim().split('\n');
  expect(places.map((place) => place.at(-1)).join('')).toBe(times === 2 ? 'ba' : 'bab');
});

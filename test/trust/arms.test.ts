import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, halve, sampled } from '../helpers/project.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
afterEach(() => vi.unstubAllEnvs());

/** Logs what a program can see of its place: its folder, and its environment with the length of every variable. */
const look = `{ pwd; env -0 | tr '\\n' ' ' | tr '\\0' '\\n' | sort | awk -F= '{ print $1, length($0) }'; echo; } >> "$LOG"`;

it('gives both arms the same variables, of the same length, at paths of the same length, and exchanges their folders', async () => {
  const log = join(temporaryFolder(), 'log');
  vi.stubEnv('LOG', log);
  // in a closed room the log is out of reach, and the arms have one place
  const repo = countingProject({
    repro: { script: `${look}; sh bench.sh` },
    metrics: { primary: sampled },
    room: 'off',
  });
  const fix = `${halve}; echo 'echo fast >> "$LOG"' >> work.sh`;
  const ended = await perfgate.json(repo.root, 'start', 'x', '--contract', 'c.yaml', '--yes', '--fix-command', fix);
  expect(ended).toMatchObject({ outcome: 'accepted' });
  const seen = readFileSync(log, 'utf8')
    .split('\n\n')
    .filter((text) => text.includes('PATH '))
    .map((text) => text.replace(/^fast\n/, '').split('\n'));
  const places = seen.map(([place]) => place!);
  const measured = places.filter((place) => /\/[ab]$/.test(place) && !/preflight/.test(place));
  expect(new Set(measured.map((place) => place.length)).size).toBe(1);
  expect(new Set(measured).size).toBe(2);
  const environments = seen
    .filter((_, i) => measured.includes(places[i]!))
    .map(([, ...variables]) => variables.join('\n'));
  expect(environments.length).toBeGreaterThan(40);
  expect(new Set(environments).size).toBe(1);
  expect(environments[0]).not.toContain('PERF_GATE');
  // The fast one ran at both places: in the screen at one, in the confirmation at the other.
  const fast = readFileSync(log, 'utf8')
    .split('\n\n')
    .flatMap((text, i, all) => (all[i + 1]?.startsWith('fast') ? [text.replace(/^fast\n/, '').split('\n')[0]!] : []));
  expect(new Set(fast)).toEqual(new Set(measured));
});

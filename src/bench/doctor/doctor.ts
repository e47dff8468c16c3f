import type { World } from '../../core/world.ts';
import { gitVersion } from '../../git/version.ts';
import { cacheProbes } from './cache-folder.ts';
import { type Check, check, type Finding, type Probe, thisMachine } from './check.ts';
import { neighbourProbes } from './neighbours.ts';
import { measureNoise, type Noise } from './noise.ts';
import { processorProbes } from './processor.ts';
import { programProbes } from './programs.ts';

/** What is good and bad about measuring on this machine. */
export type Diagnosis = { checks: Check[]; noise: Noise | null };

const gitProbe: Probe = {
  id: 'git',
  meaning: 'Makes the two trees that are compared, and keeps every attempt.',
  look: git,
};

/** All checks, the noise last: what is wrong above explains it. Without an instrument no noise is measured. */
export async function examine(world: World): Promise<Diagnosis> {
  const machine = thisMachine(world.env);
  const probes = [...programProbes, gitProbe, ...cacheProbes, ...processorProbes, ...neighbourProbes];
  const checks: Check[] = [];
  for (const probe of probes) checks.push(await check(probe, machine)); // one by one: they would load the machine
  if (checks.some((c) => c.id === 'instrument' && c.status === 'fail')) return { checks, noise: null };
  const { noise, check: last } = await measureNoise(world);
  return { checks: [...checks, last], noise };
}

const oldestGit = [2, 30] as const;

async function git(): Promise<Finding> {
  const version = await gitVersion();
  if (version === null)
    return {
      status: 'fail',
      found: 'none',
      remedy: 'Install git; `measure`, `judge` and `compare -- A -- B` work without.',
    };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > oldestGit[0] || (major === oldestGit[0] && minor >= oldestGit[1]);
  return { status: enough ? 'ok' : 'warn', found: version, remedy: `Install git ${oldestGit.join('.')} or later.` };
}

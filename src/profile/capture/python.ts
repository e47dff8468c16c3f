import { delimiter } from 'node:path';
import { pythonCalls } from './python-calls.ts';
import { pythonMemory } from './python-memory.ts';
import { sitecustomize } from './python-site.ts';
import { quoted } from './run.ts';
import type { Capture, CaptureRequest } from './types.ts';
import { captureWrapped } from './wrapped.ts';

const names = ['python3', 'python'];

/**
 * cProfile for whatever scripts and modules the repro starts by `python3` or `python`. `python3 -c` and a prompt are left alone: cProfile
 * cannot run them.
 */
export async function captureCprofile(request: CaptureRequest): Promise<Capture> {
  if (request.service?.isProfiled) return { state: 'failed', tool: request.tool, reason: noService, output: '' };
  return captureWrapped(request, {
    names,
    ending: '.pstats',
    files: (real, { profiles }) => new Map([...real].map(([name, path]) => [name, wrapper(path, profiles)])),
  });
}

const noService =
  'cProfile sees one thread, and writes nothing where a signal ends the program, as it does a service; `python-calls` does';

const wrapper = (python: string, dir: string) => `#!/bin/sh
# calls the real python with cProfile; only while perf-gate takes a profile
case "\${1-}" in
  -m) ;;
  -* | '') exec ${quoted(python)} "$@" ;;
esac
exec ${quoted(python)} -m cProfile -o ${quoted(dir)}/"$$".pstats "$@"
`;

/** A profiler that every Python runs by itself, however it is started. */
const inside =
  (body: string, ending: string) =>
  (request: CaptureRequest): Promise<Capture> =>
    captureWrapped(request, {
      names,
      ending,
      files: () => new Map([['sitecustomize.py', sitecustomize('PERF_GATE_PROFILES', body)]]),
      env: ({ profiles, bin }, { PYTHONPATH }) => ({
        PYTHONPATH: PYTHONPATH ? `${bin}${delimiter}${PYTHONPATH}` : bin,
        PYTHONDONTWRITEBYTECODE: '1',
        PERF_GATE_PROFILES: profiles,
      }),
    });

/** The calls of all threads, by their CPU time. */
export const capturePythonCalls = inside(pythonCalls, '.pstats');

/** Who holds the memory where it is the most. */
export const capturePythonMemory = inside(pythonMemory, '.speedscope.json');

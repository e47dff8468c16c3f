import { quoted } from './run.ts';
import type { Capture, CaptureRequest } from './types.ts';
import { captureWrapped } from './wrapped.ts';

/**
 * cProfile for whatever scripts and modules the repro starts by `python3` or `python`. `python3 -c` and a prompt are left alone: cProfile
 * cannot run them.
 */
export const capturePython = (request: CaptureRequest): Promise<Capture> =>
  captureWrapped(request, {
    names: ['python3', 'python'],
    ending: '.pstats',
    files: (real, { profiles }) => new Map([...real].map(([name, path]) => [name, wrapper(path, profiles)])),
  });

const wrapper = (python: string, dir: string) => `#!/bin/sh
# calls the real python with cProfile; only while perf-gate takes a profile
case "\${1-}" in
  -m) ;;
  -* | '') exec ${quoted(python)} "$@" ;;
esac
exec ${quoted(python)} -m cProfile -o ${quoted(dir)}/"$$".pstats "$@"
`;

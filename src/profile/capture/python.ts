import { delimiter } from 'node:path';
import { shellWord } from '../../core/text.ts';
import { pythonCalls } from './python-calls.ts';
import { pythonMemory } from './python-memory.ts';
import type { Capture, CaptureRequest } from './run.ts';
import { captureWrapped } from './wrapped.ts';

const names = ['python3', 'python'];

/**
 * Profiles all scripts and modules that the measured command starts by `python3` or `python`, using cProfile. `python3 -c` and interactive
 * use are not profiled, because cProfile cannot run them.
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
  'cProfile cannot profile a service: it profiles one thread, and writes no profile if a signal ends the program; use `python-calls`';

const wrapper = (python: string, dir: string) => `#!/bin/sh
# calls the real python with cProfile; only while perf-gate takes a profile
case "\${1-}" in
  -m) ;;
  -* | '') exec ${shellWord(python)} "$@" ;;
esac
exec ${shellWord(python)} -m cProfile -o ${shellWord(dir)}/"$$".pstats "$@"
`;

/** Profiles the calls of all Python threads, by CPU time. */
export const capturePythonCalls = (request: CaptureRequest) => captureInside(request, pythonCalls, '.pstats');

/** Profiles the functions that hold the memory at its peak. */
export const capturePythonMemory = (request: CaptureRequest) =>
  captureInside(request, pythonMemory, '.speedscope.json');

/** Runs a profiler inside every Python process, regardless of how the process is started. */
function captureInside(request: CaptureRequest, body: string, ending: string): Promise<Capture> {
  return captureWrapped(request, {
    names,
    ending,
    files: () => new Map([['sitecustomize.py', sitecustomize('PERF_GATE_PROFILES', body)]]),
    env: ({ profiles, bin }, { PYTHONPATH }) => ({
      PYTHONPATH: PYTHONPATH ? `${bin}${delimiter}${PYTHONPATH}` : bin,
      PYTHONDONTWRITEBYTECODE: '1',
      PERF_GATE_PROFILES: profiles,
    }),
  });
}

/**
 * The text of a `sitecustomize.py`, which every Python process runs before its program. `body` is Python code that defines a function
 * `profile(folder)`, and may call `at_end` and `keep`. The text calls `profile` with the path that is in the environment variable
 * `variable`.
 */
const sitecustomize = (variable: string, body: string) => `# Only while perf-gate takes a profile.
import os, sys

def at_end(write, begin):
    """Calls write when this process ends, normally or by SIGTERM, and calls begin in every forked process."""
    import atexit, signal

    def write_once():
        if signal.getsignal(signal.SIGTERM) == end:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        write()

    def end(number, _):
        write_once()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def in_child():
        begin()
        util = sys.modules.get('multiprocessing.util')
        if util:  # its processes leave without atexit
            util.register_after_fork(begin, lambda _: util.Finalize(None, write_once, exitpriority=-100))

    atexit.register(write_once)
    os.register_at_fork(after_in_child=in_child)
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, end)

def keep(folder, ending, content):
    """Writes a file whole, or not at all."""
    name = str(os.getpid()) + ending
    with open(os.path.join(folder, '.' + name), 'wb') as out:
        out.write(content)
    os.rename(os.path.join(folder, '.' + name), os.path.join(folder, name))

${body}
def go_on():
    """Runs the sitecustomize that this one hides."""
    import importlib.machinery, importlib.util
    here = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.machinery.PathFinder.find_spec('sitecustomize', [p for p in sys.path if os.path.abspath(p) != here])
    if spec:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))

try:
    go_on()
except Exception as error:
    sys.stderr.write('sitecustomize: %r\\n' % error)
try:
    profile(os.environ['${variable}'])
except Exception as error:
    sys.stderr.write('perf-gate cannot profile this Python: %r\\n' % error)
`;

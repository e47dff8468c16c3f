/**
 * A `sitecustomize.py`, which every Python that is started reads before its program: runs `profile(folder)` of `body` where `variable`
 * names the folder. `body` may call `at_end` and `keep`.
 */
export const sitecustomize = (variable: string, body: string) => `# Only while perf-gate takes a profile.
import os, sys

def at_end(write, begin):
    """Calls write when this process ends, by itself or by SIGTERM, and begin in every process that is forked off."""
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

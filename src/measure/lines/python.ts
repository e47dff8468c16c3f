import { delimiter, join } from 'node:path';
import { makeDir, writeWhole } from '../../core/fs.ts';
import type { Collector } from './collector.ts';
import { filesIn, textOf } from './written.ts';

/**
 * The module `sitecustomize`, which Python loads when it starts. It records which lines of the given files run. Recording slows every line
 * of these files; in all other files, it slows only the calls of functions. The module then loads the user's own module of this name,
 * because Python itself loads only one. `ran`: the lines that ran. `can`: the lines that hold code.
 */
const sitecustomize = `import atexit, os, sys, threading

def _follow():
    out, files = os.environ["LINES_OUT"], os.environ["LINES_OF"].split("\\n")
    wanted = set(files)
    ran, names = {}, {}

    def lines_of(code, into):
        into.update(line for _, _, line in code.co_lines() if line)
        for const in code.co_consts:
            if hasattr(const, "co_lines"):
                lines_of(const, into)

    def local(frame, event, arg):
        if event == "line":
            ran[frame.f_code.co_filename].add(frame.f_lineno)
        return local

    def called(frame, event, arg):
        name = frame.f_code.co_filename
        path = names.get(name)
        if path is None:
            path = names[name] = os.path.realpath(name)
        if path not in wanted:
            return None
        ran.setdefault(name, set()).add(frame.f_lineno)
        return local

    def end():
        sys.settrace(None)
        rows = []
        for i, name in enumerate(files):
            try:
                with open(name, encoding="utf-8") as source:
                    code = compile(source.read(), name, "exec")
            except (OSError, SyntaxError, ValueError):
                continue
            can = set()
            lines_of(code, can)
            those = set().union(*(ran[n] for n in ran if names[n] == name), set())
            rows.append("%d|%s|%s" % (i, ",".join(map(str, sorted(those))), ",".join(map(str, sorted(can)))))
        with open(os.path.join(out, "lines-%d.txt" % os.getpid()), "w") as file:
            file.write("\\n".join(rows))

    atexit.register(end)
    threading.settrace(called)
    sys.settrace(called)

_follow()
_here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [p for p in sys.path if os.path.abspath(p) != _here]
del sys.modules["sitecustomize"]
try:
    import sitecustomize
except ImportError:
    pass
`;

/**
 * The coverage of Python programs, by Python's own tracing, which `sitecustomize` starts before the program begins. A program that is
 * started with -S, -E or -I is not traced.
 */
export const pythonCoverage: Collector = {
  isSource: (path) => path.endsWith('.py'),
  env(out, env, files) {
    const shim = join(out, 'shim');
    makeDir(shim);
    writeWhole(join(shim, 'sitecustomize.py'), sitecustomize);
    const paths = [shim, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter);
    return { PYTHONPATH: paths, LINES_OUT: out, LINES_OF: files.join('\n') };
  },
  read(out, _, files) {
    const traced = filesIn(out, /^lines-\d+\.txt$/).flatMap((file) => tracedIn(textOf(file) ?? '', files));
    if (traced.length === 0) return undefined;
    return (file) => {
      const of = traced.filter((one) => one.file === file);
      if (of.length === 0) return null;
      return (line) =>
        of.some(({ ran }) => ran.has(line)) ? true : of.some(({ can }) => can.has(line)) ? false : null;
    };
  },
};

/**
 * Parses the file in which `sitecustomize` recorded the lines of one process. The measured program can change this file, so lines that do
 * not have the expected form are ignored.
 */
function tracedIn(text: string, files: readonly string[]): { file: string; ran: Set<number>; can: Set<number> }[] {
  return text.split('\n').flatMap((line) => {
    const [, index = '', ran = '', can = ''] = /^(\d{1,6})\|([\d,]*)\|([\d,]*)$/.exec(line) ?? [];
    const file = index === '' ? undefined : files[Number(index)];
    const numbers = (list: string) => new Set(list.split(',').map(Number));
    return file === undefined ? [] : [{ file, ran: numbers(ran), can: numbers(can) }];
  });
}

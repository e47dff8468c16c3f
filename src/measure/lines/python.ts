import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as z from 'zod/mini';
import { makeDir, writeWhole } from '../../core/fs.ts';
import type { Collector } from './collector.ts';

const schema = z.record(z.string(), z.object({ ran: z.array(z.number()), can: z.array(z.number()) }));

/**
 * Python loads a module of this name at its start. This one follows the lines of the given files alone, so that other code runs as fast as
 * before but for its calls, and then loads the module that it stands before. `can`: the lines that hold code.
 */
const sitecustomize = `import atexit, json, os, sys, threading

def _follow():
    out, wanted = os.environ["LINES_OUT"], set(os.environ["LINES_OF"].split("\\n"))
    ran, codes, names = {}, {}, {}

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
        told = {}
        for name in wanted:
            try:
                with open(name, encoding="utf-8") as source:
                    code = compile(source.read(), name, "exec")
            except (OSError, SyntaxError, ValueError):
                continue
            can = set()
            lines_of(code, can)
            told[name] = {"can": sorted(can), "ran": sorted(set().union(*(ran[n] for n in ran if names[n] == name), set()))}
        with open(os.path.join(out, "lines-%d.json" % os.getpid()), "w") as file:
            json.dump(told, file)

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

/** Python's own tracing, set before the program begins. A program that is started with -S, -E or -I is not seen. */
export const pythonCoverage: Collector = {
  name: 'python',
  isSource: (path) => path.endsWith('.py'),
  env(out, env, files) {
    const shim = join(out, 'shim');
    makeDir(shim);
    writeWhole(join(shim, 'sitecustomize.py'), sitecustomize);
    const paths = [shim, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter);
    return { PYTHONPATH: paths, LINES_OUT: out, LINES_OF: files.join('\n') };
  },
  read(out) {
    const names = existsSync(out) ? readdirSync(out).filter((name) => /^lines-\d+\.json$/.test(name)) : [];
    const told = names.flatMap((name) => {
      const parsed = schema.safeParse(JSON.parse(readFileSync(join(out, name), 'utf8')));
      return parsed.success ? [parsed.data] : [];
    });
    if (told.length === 0) return undefined;
    return (file) => {
      const of = told.flatMap((process) => process[file] ?? []);
      if (of.length === 0) return null;
      return (line) =>
        of.some(({ ran }) => ran.includes(line)) ? true : of.some(({ can }) => can.includes(line)) ? false : null;
    };
  },
};

/**
 * A profiler for `sitecustomize`. This profiler finds the functions that hold the most memory at the moment of peak memory. Only memory
 * that Python itself allocated counts (tracemalloc). The profiler checks the memory every 5 ms, so it misses short peaks. A new peak must
 * be a fifth higher than the last one. tracemalloc names lines but no functions, so the profiler looks up each line's function in the
 * source. The profiler writes speedscope’s JSON with events instead of samples, because nothing is sampled.
 */
export const pythonMemory = `
def profile(folder):
    import _thread, ast, json, time, tracemalloc
    most, peak, process = [0], [None], [None]

    def look(growth):
        if tracemalloc.get_traced_memory()[0] > most[0] * growth:
            peak[0] = tracemalloc.take_snapshot()
            most[0] = tracemalloc.get_traced_memory()[0]  # includes the snapshot, which takes memory too

    def watch(mine):
        while process[0] == mine:
            time.sleep(0.005)
            look(1.2)

    functions = {}

    def function_at(file, line):
        """Returns the name and first line of the innermost function around a line."""
        if file not in functions:
            try:
                with open(file, 'rb') as source:
                    nodes = ast.walk(ast.parse(source.read()))
                kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
                functions[file] = [
                    (min([n.lineno] + [d.lineno for d in n.decorator_list]), n.end_lineno, n.name)
                    for n in nodes if isinstance(n, kinds)
                ]
            except (OSError, SyntaxError, ValueError):
                functions[file] = []
        first, _, name = max([f for f in functions[file] if f[0] <= line <= f[1]], default=(1, 0, '<module>'))
        return name, first

    def write():
        process[0] = None
        look(1)
        tracemalloc.stop()
        frames, index, events, at = [], {}, [], 0
        own = [tracemalloc.Filter(False, file) for file in (tracemalloc.__file__, __file__)]
        for held in peak[0].filter_traces(own).statistics('traceback')[:50000]:
            stack = []
            for place in held.traceback:
                key = (place.filename,) + function_at(place.filename, place.lineno)
                if key not in index:
                    index[key] = len(frames)
                    frames.append({'file': key[0], 'name': key[1], 'line': key[2]})
                stack.append(index[key])
            events += [{'type': 'O', 'frame': frame, 'at': at} for frame in stack]
            at += held.size
            events += [{'type': 'C', 'frame': frame, 'at': at} for frame in reversed(stack)]
        profile = {'type': 'evented', 'name': 'memory', 'unit': 'bytes', 'startValue': 0, 'endValue': at, 'events': events}
        schema = 'https://www.speedscope.app/file-format-schema.json'
        content = {'$schema': schema, 'shared': {'frames': frames}, 'profiles': [profile]}
        keep(folder, '.speedscope.json', json.dumps(content).encode())

    def begin():
        most[0], peak[0], process[0] = 0, None, os.getpid()
        _thread.start_new_thread(watch, (process[0],))

    tracemalloc.start(24)
    at_end(write, begin)
    begin()
`;

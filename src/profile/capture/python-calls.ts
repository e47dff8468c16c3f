/**
 * A profiler for `sitecustomize`. This profiler times the calls of all threads by CPU time, so that a waiting thread costs nothing. It
 * subtracts its own time, and writes the format of cProfile.
 *
 * cProfile itself is not suitable. Before Python 3.12, cProfile profiles only one thread. Since 3.12, cProfile mixes the calls of all
 * threads into one stack (https://github.com/python/cpython/issues/124656). A sampling thread is not suitable either, because it can run
 * only when another thread releases the interpreter. A thread releases the interpreter when it sends or receives, so the time of the work
 * before a send or receive would be counted for the send or receive.
 */
export const pythonCalls = `
def profile(folder):
    import _thread, marshal, threading, time
    clock = time.thread_time
    threads = {}  # for each thread: its open calls, its sums by caller and callee, its time so far
    ended = {}
    resumable = 0x20 | 0x80 | 0x200  # generators and coroutines, as in Lib/inspect.py

    def add(sums, edge, calls, own, total):
        entry = sums.get(edge)
        if entry is None:
            sums[edge] = [calls, own, total]
        else:
            entry[0] += calls
            entry[1] += own
            entry[2] += total

    def leave(stack, sums, depths, now):
        code, began, below = stack.pop()
        total = now - began
        depths[code] -= 1
        caller = None
        if stack:
            stack[-1][2] += total
            caller = stack[-1][0]
        # in a recursion only the outermost call adds to the total
        add(sums, (caller, code), 1, total - below, total if depths[code] == 0 else 0.0)

    def begin(*event):
        stack, sums, depths = [], {}, {}
        state = [0.0, 0.0, 0.0]  # its time so far, the subtracted time, the cost of events since then
        threads[_thread.get_ident()] = (stack, sums, depths, state)

        def on(frame, event, _):
            code = frame.f_code
            if event != 'call' and event != 'return':  # native code counts for its caller
                state[2] += unseen['native']
                return
            if code.co_name == '<genexpr>':  # a generator expression does too
                state[2] += unseen['inline']
                return
            entered = clock()
            # the cost of events is an estimate, perhaps from a slower processor, so it never takes all of the time between two events
            state[1] += max(0.0, min(state[2], 0.95 * (entered - state[1] - state[0])))
            now = state[0] = entered - state[1]
            if event == 'call':
                depths[code] = depths.get(code, 0) + 1
                stack.append([code, now, 0.0])
            else:
                while stack and depths.get(code, 0) > 0:
                    same = stack[-1][0] is code
                    leave(stack, sums, depths, now)
                    if same:
                        break
                if not stack and sums and _thread.get_ident() != main[0]:
                    merge(sums)
                    sums.clear()
            state[2] = unseen['resumed' if code.co_flags & resumable else 'called']
            state[1] += clock() - entered

        sys.setprofile(on)
        if event:
            on(*event)
        return state

    def calibrate():
        """Measures the cost of an event that \`on\` does not measure itself, with 1,000 empty events (after Lib/profile.py)."""
        def nothing():
            pass
        def nothings():
            for _ in range(1000):
                yield
        def called():
            for _ in range(1000):
                nothing()
        def resumed():
            for _ in nothings():
                pass
        def inline():
            for _ in (None for _ in range(1000)):
                pass
        def native():
            for _ in range(1000):
                len('')
        def least(act, state):
            times = []
            for _ in range(3):
                began, seen = clock(), state[1]
                act()
                times.append(clock() - began - (state[1] - seen))
            return min(times)
        for act in (called, resumed, inline, native):
            plain = least(act, [0.0, 0.0, 0.0])
            state = begin()
            timed = least(act, state)
            sys.setprofile(None)
            unseen[act.__name__] = max(0.0, timed - plain) / 2000

    def merge(sums, into=ended):
        with lock:
            for edge, entry in list(sums.items()):
                add(into, edge, *entry)

    def place(code):
        return (code.co_filename, code.co_firstlineno, code.co_name)

    def write():
        sys.setprofile(None)
        everything = {}
        merge(ended, everything)
        for stack, sums, depths, state in list(threads.values()):
            stack, sums, depths = [list(call) for call in stack], {k: list(v) for k, v in list(sums.items())}, dict(depths)
            while stack:  # open calls, up to the thread's last event
                leave(stack, sums, depths, state[0])
            merge(sums, everything)
        functions = {}
        for (caller, code), (calls, own, total) in everything.items():
            function = functions.setdefault(place(code), [0, 0, 0.0, 0.0, {}])
            for i, amount in enumerate((calls, calls, own, total)):
                function[i] += amount
            if caller is not None:
                before = function[4].get(place(caller), (0, 0, 0.0, 0.0))
                function[4][place(caller)] = tuple(a + b for a, b in zip(before, (calls, calls, own, total)))
        keep(folder, '.pstats', marshal.dumps({function: tuple(sums) for function, sums in functions.items()}))

    def begin_in_child():
        nonlocal lock
        lock = _thread.allocate_lock()  # another thread may have held the old one
        ended.clear(), threads.clear()
        main[0] = _thread.get_ident()
        begin()

    lock, main = _thread.allocate_lock(), [_thread.get_ident()]
    unseen = dict.fromkeys(('called', 'resumed', 'inline', 'native'), 0.0)
    calibrate()
    threading.setprofile(begin)
    at_end(write, begin_in_child)
    begin()
`;

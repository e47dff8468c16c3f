/**
 * tree-memory.h in Python, without the method `cgroup`. `next_signal` takes samples while it waits. `tree_peak` is the largest sampled
 * memory so far. The program that contains this code must define the names `tree`, `linux`, `watched`, `timed_wait`.
 */
export const treeSampler = `
tree_peak, usual_s = 0, 0

def memory_kb(pid):
    if tree == 'rss':
        with open('/proc/%d/statm' % pid) as statm:
            return int(statm.read().split()[1]) * (os.sysconf('SC_PAGESIZE') // 1024)
    with open('/proc/%d/smaps_rollup' % pid) as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith('Pss:'))

def sample_tree(leader):
    global tree_peak
    members, total = {os.getpid()}, 0
    for entry in os.listdir('/proc'):
        try:
            if entry.isdigit() and int(entry) != os.getpid():
                with open('/proc/%s/stat' % entry) as stat:
                    fields = stat.read().rpartition(')')[2].split()
                if int(fields[1]) in members or int(fields[3]) == leader:
                    members.add(int(entry))
                    total += memory_kb(int(entry))
        except (OSError, ValueError, StopIteration):
            pass
    tree_peak = max(tree_peak, total)

def next_signal(leader):
    global usual_s
    if not linux:
        return signal.sigwait(watched)
    if tree not in ('pss', 'rss'):
        return timed_wait()
    pause = 0
    while True:
        got = timed_wait(pause) if usual_s else None
        if got:
            return got
        before = time.monotonic()
        sample_tree(leader)
        pause = max(usual_s, 10 * (time.monotonic() - before))
        usual_s = min(usual_s * 2 + 0.001, 0.01)
`;

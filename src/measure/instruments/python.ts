import { run } from '../../core/exec.ts';
import { isAsFirstSeen } from '../../core/unchanged.ts';
import { helperInstrument } from './helper.ts';
import type { Method } from './instrument.ts';
import { treeSampler } from './python-tree.ts';

/** stopwatch.c in Python, for machines without a compiler. The measured peak RSS is never below Python's own memory (9 MB). */
export const python3: Method = {
  name: 'python3',
  async prepare(env) {
    // version managers install a shell script as `python3`, which would slow down every execution, so perf-gate finds the real interpreter
    // here, once
    const asked = await run('python3', ['-S', '-E', '-c', 'import sys; print(sys.executable)'], {
      env,
      timeoutMs: 20_000,
    });
    const python = asked.stdout.trim();
    if (asked.exitCode !== 0 || !python) return { missing: 'no python3 in the PATH' };
    return helperInstrument('python3', [python, '-S', '-E', '-c', stopwatch], () => isAsFirstSeen(python));
  },
};

const stopwatch = `
import json, os, signal, sys, time
GRACE_S, KILL_ROUND_S, KILL_ROUNDS = 0.1, 0.02, 250
REPORT_FD = 3
linux = sys.platform.startswith('linux')
options = sys.argv.index('--')
timeout_s, program = int(sys.argv[1]) / 1000, sys.argv[options + 1:]
tree = next((word[5:] for word in sys.argv[2:options] if word.startswith('tree=')), None)
cpus = [word for word in sys.argv[2:options] if not word.startswith('tree=')]
os.set_inheritable(REPORT_FD, False)
libc = None
if linux:
    try:
        import ctypes
        libc = ctypes.CDLL(None)
        libc.prctl(4, 0)                 # PR_SET_DUMPABLE
        libc.prctl(24, 19, 0, 0, 0)      # PR_CAPBSET_DROP, CAP_SYS_PTRACE
    except Exception:
        pass
watched = {signal.SIGCHLD, signal.SIGALRM, signal.SIGTERM, signal.SIGINT}
before = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
signal.signal(signal.SIGCHLD, lambda *_: None)
if libc:
    libc.prctl(36, 1)                    # PR_SET_CHILD_SUBREAPER
    libc.prctl(1, signal.SIGTERM)        # PR_SET_PDEATHSIG
word = b''
while not word.endswith(b'\\n'):
    got = os.read(REPORT_FD, 64)
    if not got:
        sys.exit(1)                      # the parent died before it gave the word
    word += got

def alarm_in(seconds):
    if seconds > 0:
        signal.setitimer(signal.ITIMER_REAL, seconds, KILL_ROUND_S)

def kill(pid, how=signal.SIGKILL):
    try:
        os.kill(pid, how)
    except OSError:
        return False
    return True

def kill_children(leader, leader_ended):
    if not (linux and leader_ended):
        kill(-leader)
    for entry in os.listdir('/proc') if linux else []:
        try:
            if entry.isdigit():
                with open('/proc/%s/stat' % entry) as stat:
                    if int(stat.read().rpartition(')')[2].split()[1]) == os.getpid():
                        kill(int(entry))
        except (OSError, ValueError):
            pass

user = system = 0.0
main_run = main_delay = end_delay = None
max_rss = status = left_behind = rounds = 0
child_ended = stopping = timed_out = False
child, exec_error = 0, None

def read_delay(pid):
    try:
        with open('/proc/%s/schedstat' % pid) as schedstat:
            run, delay = schedstat.read().split()[:2]
        return (int(run) / 1e6, int(delay) / 1e6) if int(run) else (None, None)
    except (OSError, ValueError):
        return None, None

def timed_wait(pause=None):
    global end_delay
    before = read_delay('self')[1]
    got = signal.sigwaitinfo(watched) if pause is None else signal.sigtimedwait(watched, pause)
    after = read_delay('self')[1]
    end_delay = None if before is None or after is None else after - before
    return got.si_signo if got else None

def reap():
    global end, main_run, main_delay
    if not linux:
        return os.wait4(-1, os.WNOHANG)
    following = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if following is None:
        return 0, 0, None
    end = time.monotonic()
    if following.si_pid == child:
        main_run, main_delay = read_delay(child)
    return os.wait4(following.si_pid, os.WNOHANG)

${treeSampler}
def cpu_numbers(cpus):
    ranges = [part.split('-') for part in cpus.split(',')]
    return {cpu for ends in ranges for cpu in range(int(ends[0]), int(ends[-1]) + 1)}

alarm_in(timeout_s)
start = end = time.monotonic()
try:
    if cpus:
        os.sched_setaffinity(0, cpu_numbers(cpus[0]))
        start = end = time.monotonic()
    child = os.posix_spawnp(program[0], program, os.environ, setsid=True, setsigmask=before,
                            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ])
except OSError as error:
    exec_error = os.strerror(error.errno)

while child and rounds < KILL_ROUNDS:
    ended = -1
    try:
        ended, ended_status, usage = reap()
    except ChildProcessError:
        if not linux:
            while kill(-child, 0) and time.monotonic() < end + GRACE_S:
                time.sleep(0.002)
            if kill(-child, 0):
                left_behind = int(not stopping)
            kill_children(child, True)
        break
    if ended > 0:
        if not linux:
            end = time.monotonic()
        user, system, max_rss = user + usage.ru_utime, system + usage.ru_stime, max(max_rss, usage.ru_maxrss)
        if ended == child:
            status, child_ended = ended_status, True
            if not stopping:
                alarm_in(GRACE_S)
        elif child_ended and stopping and not timed_out:
            left_behind += 1
        continue
    if stopping:
        kill_children(child, child_ended)
    got = next_signal(child)
    if got == signal.SIGINT and not child_ended:
        kill(-child, signal.SIGTERM)
    if got in (signal.SIGALRM, signal.SIGTERM):
        if not stopping:
            timed_out = got == signal.SIGALRM and not child_ended
        elif got == signal.SIGALRM:
            rounds += 1
        if got == signal.SIGTERM:
            alarm_in(KILL_ROUND_S)
        stopping = True

if tree == 'rss':
    tree_peak = max(tree_peak, max_rss)
os.write(REPORT_FD, word[:-1] + b' ' + json.dumps({
    'wall_ms': (end - start) * 1e3, 'user_ms': user * 1e3, 'sys_ms': system * 1e3,
    'main_run_ms': main_run, 'main_delay_ms': main_delay, 'end_delay_ms': end_delay,
    'tree_rss_kb': tree_peak or None, 'max_rss_kb': max_rss if linux else max_rss // 1024,
    'exit_code': os.WEXITSTATUS(status) if child_ended and os.WIFEXITED(status) else None,
    'signal': os.WTERMSIG(status) if child_ended and os.WIFSIGNALED(status) else None,
    'timed_out': timed_out, 'left_behind': left_behind, 'exec_error': exec_error}).encode() + b'\\n')
`;

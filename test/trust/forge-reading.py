"""What a dishonest candidate does: takes the channel of the process that measures it, writes a reading of its own, and kills that process."""
import ctypes, os, signal, stat, sys

SYS_PIDFD_OPEN, SYS_PIDFD_GETFD = 434, 438
reading = (b'{"wall_ms":0.001,"user_ms":0.001,"sys_ms":0.0,"max_rss_kb":1,"tree_rss_kb":null,"main_run_ms":null,'
           b'"main_delay_ms":null,"end_delay_ms":null,"exit_code":0,"signal":null,"timed_out":false,"left_behind":0,'
           b'"exec_error":null}\n')
libc = ctypes.CDLL(None, use_errno=True)


def helper_of(pid):
    """The nearest ancestor that is no shell."""
    with open('/proc/%d/stat' % pid) as stat:
        name, _, rest = stat.read().partition('(')[2].rpartition(')')
    return helper_of(int(rest.split()[1])) if name == 'sh' else pid


helper = helper_of(os.getppid())


def opened(path, flags):
    try:
        return os.open(path, flags)
    except OSError:
        return None


def channel():
    """The helper's descriptor 3, by the two ways that Linux has."""
    taken = libc.syscall(SYS_PIDFD_GETFD, libc.syscall(SYS_PIDFD_OPEN, helper, 0), 3, 0)
    return taken if taken >= 0 else opened('/proc/%d/fd/3' % helper, os.O_WRONLY)


def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


if sys.argv[1:] == ['look']:
    inherited = [fd for fd in map(int, os.listdir('/proc/self/fd')) if fd > 2 and is_socket(fd)]
    print(inherited, channel(), opened('/proc/%d/mem' % helper, os.O_RDONLY))
else:
    taken = channel()
    if taken is not None:
        os.write(taken, reading)
    os.kill(helper, signal.SIGKILL)

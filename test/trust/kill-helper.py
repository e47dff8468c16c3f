"""What a daemon of a dishonest build does: ends the process that measures the other arm, once. It gives up after twenty seconds."""
import glob, os, signal, sys, time

here = os.getcwd()
other = os.path.join(os.path.dirname(here), 'a' if here.endswith('b') else 'b')


def programs():
    """The parents of the processes that work in the other arm."""
    for folder in glob.glob('/proc/[0-9]*'):
        try:
            if os.readlink(folder + '/cwd') == other:
                with open(folder + '/stat') as stat:
                    yield int(stat.read().rpartition(')')[2].split()[1])
        except OSError:
            pass


until = time.time() + 20
while time.time() < until:
    for parent in programs():
        with open('/proc/%d/comm' % parent) as comm:
            if parent != 1 and comm.read().strip() == 'init':  # the name that the helper gives itself
                os.kill(parent, signal.SIGKILL)
                sys.exit()
    time.sleep(0.01)

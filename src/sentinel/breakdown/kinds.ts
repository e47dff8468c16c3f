/**
 * The kinds of work that a system call can do. If several processes work at the same moment, the kind that is first in this list counts.
 * The time between system calls counts as computing.
 */
export const kinds = ['computing', 'processes', 'files', 'network', 'waiting'] as const;
export type Kind = (typeof kinds)[number];

/** The system calls that strace traces. All other system calls count as computing. */
export const followed =
  '%file,%desc,%network,%process,%ipc,nanosleep,clock_nanosleep,futex,pause,rt_sigsuspend,rt_sigtimedwait';

const processes = /^(execve|execveat|fork|vfork|clone|clone3|exit|exit_group|kill|tkill|tgkill)$/;
const waiting =
  /^(wait4|waitid|pause|nanosleep|clock_nanosleep|futex|flock|rt_sigsuspend|rt_sigtimedwait|sem\w*|msg\w*)$/;
const sockets =
  /^(socket|connect|bind|listen|accept4?|shutdown|socketpair|[gs]etsockopt|get(sock|peer)name|send\w*|recv\w*)$/;
const polls = /^(poll|ppoll|select|pselect6|epoll_wait|epoll_pwait2?)$/;

/** The marks of sockets that can lead to other machines, such as `<TCP:`, in the output of `strace -yy`. */
const inet = /<(TCP|UDP|TCPv6|UDPv6|RAW|ICMP)[:>]|AF_INET/;

/**
 * The kind of work of a system call. `isConnected`: the process has an open connection. In this case, a `poll` counts as network, because
 * it can wait for the connection even if its arguments do not name the connection.
 */
export function kindOf(call: string, words: string, isConnected: boolean): Kind {
  if (processes.test(call)) return 'processes';
  if (waiting.test(call) || /F_(OFD_)?SETLKW/.test(words)) return 'waiting';
  if (polls.test(call)) return isConnected || inet.test(words) ? 'network' : 'waiting';
  if (inet.test(words)) return 'network';
  if (sockets.test(call)) return 'waiting';
  return /^\d+<(pipe|UNIX)/.test(words) ? 'waiting' : 'files';
}

/** How a call changes the number of open connections: 1 opens one, −1 closes one, 0 does neither. */
export function connects(call: string, words: string): 1 | 0 | -1 {
  if (call === 'connect' && words.includes('AF_INET')) return 1;
  return call === 'close' && inet.test(words) ? -1 : 0;
}

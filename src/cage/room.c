/*
 * `room keep NETWORK [step...]` makes a room, prints the pid of the room's first process, and keeps the room open.
 * `room enter PID NETWORK FOLDER [AS] -- program [arg...]` runs a program in the room, with the process id AS inside the room if AS is
 * free.
 * `room confine NETWORK [FOLDER...] -- program [arg...]` runs a program that can write only in the listed folders (Landlock).
 *
 * A room is a set of namespaces: mounts, processes, IPC, host name, and the network unless NETWORK is `full`. The room shows the machine's
 * file system, read-only. These steps change that view, in order:
 *
 *   `bind SOURCE PLACE`     shows the folder or file SOURCE at the path PLACE, writable.
 *   `view SOURCE PLACE`     shows the folder or file SOURCE at the path PLACE, read-only.
 *   `overlay PLACE`         makes the path PLACE writable. Writes stay in memory and vanish when the room ends.
 *   `cover SOURCE PLACE`    shows the folder SOURCE at the path PLACE, writable. Writes stay in memory and vanish when the room ends.
 *   `empty PLACE`           shows an empty folder in memory at the path PLACE.
 *
 * All sources are opened before the first step, so a later step can use a SOURCE even if an earlier step covers its path. NETWORK is
 * `none`, `loopback` (the room's own loopback interface) or `full` (the machine's network). A program that is started by `enter` with
 * `full` uses the machine's network, even if the room has a network of its own.
 *
 * A program in a room cannot undo the isolation, because it has no right to mount and sees no process outside the room. The room ends with
 * the process that called `keep`, and all processes in the room end with it.
 *
 * Exit 125: the system refused an operation; stderr says which one. `enter` and `confine` exit with the program's exit code or signal.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define REFUSED 125
#define REPORT 3 /* the descriptor to which a measuring program writes its report; see channel.h */

static void refuse(const char *what, const char *which) {
  fprintf(stderr, "%s %s: %s\n", what, which, strerror(errno));
  exit(REFUSED);
}

static int must(int result, const char *what, const char *which) {
  if (result < 0) refuse(what, which);
  return result;
}

#include "rights.h"
#include "mounts.h"
#include "confine.h"

/* Makes this process end with its parent, even if the parent has already ended. */
static void end_with(pid_t parent, int signal) {
  prctl(PR_SET_PDEATHSIG, signal);
  if (getppid() != parent) _exit(REFUSED);
}

static void write_to(const char *path, const char *text) {
  int file = must(open(path, O_WRONLY | O_CLOEXEC), "open", path);
  if (write(file, text, strlen(text)) < 0) refuse("write", path);
  close(file);
}

/* Makes a user namespace in which the user keeps his ids. Only needed for a user without the right to mount. */
static void enter_user_namespace(void) {
  char map[64];
  uid_t user = geteuid();
  gid_t group = getegid();
  must(unshare(CLONE_NEWUSER), "unshare", "user");
  write_to("/proc/self/setgroups", "deny");
  snprintf(map, sizeof map, "%d %d 1", user, user);
  write_to("/proc/self/uid_map", map);
  snprintf(map, sizeof map, "%d %d 1", group, group);
  write_to("/proc/self/gid_map", map);
}

/* Starts the room's own loopback interface, and allows every program to listen on all of its ports. */
static void raise_loopback(void) {
  struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
  int any = must(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket", "lo");
  must(ioctl(any, SIOCSIFFLAGS, &request), "raise", "lo");
  close(any);
  int ports = open("/proc/sys/net/ipv4/ip_unprivileged_port_start", O_WRONLY | O_CLOEXEC);
  if (ports < 0) return; /* some containers forbid this setting, but root does not need it */
  if (write(ports, "0", 1) != 1) errno = 0;
  close(ports);
}

/* The first process of the room: reaps orphaned processes until it is killed. */
static void stay(void) {
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  for (int signal;; sigwait(&children, &signal))
    while (waitpid(-1, NULL, WNOHANG) > 0);
}

static int keep(const char *network, char **steps) {
  int alone = strcmp(network, "full") != 0, ready[2];
  pid_t caller = getppid();
  if (!may_mount()) enter_user_namespace();
  must(unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | (alone ? CLONE_NEWNET : 0)), "unshare", "namespaces");
  end_with(caller, SIGKILL);
  must(pipe2(ready, O_CLOEXEC), "pipe", "");
  pid_t first = must(fork(), "fork", "");
  if (first == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "init");
    if (strcmp(network, "loopback") == 0) raise_loopback();
    furnish(steps);
    if (write(ready[1], "", 1) != 1) _exit(REFUSED);
    close(ready[1]);
    stay();
  }
  char byte;
  close(ready[1]);
  if (read(ready[0], &byte, 1) == 1) {
    printf("%d\n", first);
    fflush(stdout);
  }
  int status;
  waitpid(first, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : REFUSED;
}

static pid_t inner;

static void pass_on(int signal) { kill(inner, signal); }

/* Waits for the program, passes signals on to it, and exits as the program does. If this process dies, the program dies too. */
static int follow(void) {
  int status;
  for (int signal = 1; signal < 32; signal++) {
    struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    if (signal != SIGCHLD && signal != SIGKILL && signal != SIGSTOP) sigaction(signal, &action, NULL);
  }
  while (waitpid(inner, &status, 0) < 0)
    if (errno != EINTR) return REFUSED;
  if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
  signal(WTERMSIG(status), SIG_DFL);
  kill(getpid(), WTERMSIG(status));
  return 128 + WTERMSIG(status);
}

static void join(const char *pid, const char *name, int kind) {
  char path[64];
  struct stat there, here;
  snprintf(path, sizeof path, "/proc/self/ns/%s", name);
  must(stat(path, &here), "stat", path);
  snprintf(path, sizeof path, "/proc/%s/ns/%s", pid, name);
  int file = must(open(path, O_RDONLY | O_CLOEXEC), "open", path);
  must(fstat(file, &there), "stat", path);
  if (there.st_ino != here.st_ino) must(setns(file, kind), "enter", path);
  close(file);
}

/* Forks. The child gets the process id `as` in the room if `as` is free and not 0. The reason: programs store state in files that are
 * named after the id of their parent, and all executions must find the same files. */
static pid_t fork_as(pid_t as) {
  struct clone_args asked = {.exit_signal = SIGCHLD, .set_tid = (unsigned long)&as, .set_tid_size = 1};
  pid_t child = as > 0 ? syscall(SYS_clone3, &asked, sizeof asked) : -1;
  return child < 0 ? fork() : child;
}

static int enter(const char *pid, const char *network, const char *folder, pid_t as, char **program) {
  /* the program is opened before this process enters the room, because another file can be at the program's path in the room */
  int file = strchr(program[0], '/') ? must(open(program[0], O_RDONLY | O_CLOEXEC), "open", program[0]) : -1;
  pid_t caller = getppid();
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/ns/mnt", pid);
  if (!may_mount()) join(pid, "user", CLONE_NEWUSER);
  int mounts_of = must(open(path, O_RDONLY | O_CLOEXEC), "open", path);
  if (strcmp(network, "full") != 0) join(pid, "net", CLONE_NEWNET);
  join(pid, "ipc", CLONE_NEWIPC);
  join(pid, "uts", CLONE_NEWUTS);
  join(pid, "pid", CLONE_NEWPID);
  must(setns(mounts_of, CLONE_NEWNS), "enter", path);
  must(chdir(folder), "enter", folder);
  end_with(caller, SIGKILL);
  inner = must(fork_as(as), "fork", "");
  if (inner > 0) {
    close(REPORT); /* only the child may keep the descriptor of the report open */
    return follow();
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  give_up_rights();
  if (file >= 0) execveat(file, "", program, environ, AT_EMPTY_PATH);
  else execvp(program[0], program);
  refuse("run", program[0]);
  return REFUSED;
}

static int confine(const char *network, char **folders) {
  char **program = folders;
  while (*program && strcmp(*program, "--") != 0) program++;
  if (!*program || !program[1]) return REFUSED;
  *program++ = NULL;
  landlock_to(folders, strcmp(network, "full") != 0);
  execvp(program[0], program);
  refuse("run", program[0]);
  return REFUSED;
}

int main(int argc, char **argv) {
  if (argc >= 3 && strcmp(argv[1], "keep") == 0) return keep(argv[2], argv + 3);
  int has_id = argc >= 8 && strcmp(argv[6], "--") == 0 && strcmp(argv[5], "--") != 0;
  if (argc >= 7 + has_id && strcmp(argv[1], "enter") == 0 && strcmp(argv[5 + has_id], "--") == 0)
    return enter(argv[2], argv[3], argv[4], has_id ? atoi(argv[5]) : 0, argv + 6 + has_id);
  if (argc >= 5 && strcmp(argv[1], "confine") == 0) return confine(argv[2], argv + 3);
  fprintf(stderr, "usage: room keep NETWORK [step...] | enter PID NETWORK FOLDER [AS] -- program... | confine NETWORK [FOLDER...] -- program...\n");
  return REFUSED;
}

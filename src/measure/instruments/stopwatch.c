/*
 * stopwatch TIMEOUT_MS [CPUS] [tree=METHOD] [leave] -- program [argument...]
 *
 * Reads a word from file descriptor 3, then runs and measures one program. Writes one line to descriptor 3: the word, a blank, and the
 * reading as JSON. The program inherits stdin, stdout, stderr, environment and working directory unchanged.
 *
 * A dishonest program could try to forge a better reading. But the program never sees the word, has no descriptor 3, and can neither trace
 * this process nor read its memory. It can only kill this process, and then there is no valid reading.
 *
 * A helper is needed because a process that Node spawns starts 1 to 2 ms late, and Node has no wait4. Also, on Linux a new process
 * starts with its parent's peak memory as its own, so a child of Node never shows less than Node's 80 MB.
 *
 * The execution ends when the last of its processes has ended. The program leads its own session, and on Linux this helper becomes the
 * parent of every orphaned descendant, so a daemon cannot hide. If a descendant ends within GRACE_MS after the program, its time is part
 * of wall and CPU time. Such a descendant can be a compiler's worker that ends when its pipe closes. A process that lives longer is killed
 * and counted in `left_behind`. `main_wall_ms` is the wall time until the end of the program itself.
 *
 * TIMEOUT_MS  sets the time limit, at which all processes are killed. 0 means no limit.
 * CPUS        limits the program and its children to these CPUs, as in 0-2,5 (Linux only).
 * METHOD      measures the memory of the process tree (see tree-memory.h). Without METHOD, this memory is not measured.
 * `leave`     lets processes outlive the program: they are counted but not killed. They end with their closed room.
 * SIGTERM     kills the program and its descendants, and the line is still written. The kernel also sends SIGTERM when the parent dies.
 * SIGINT      sends SIGTERM to the program's process group, so that the program can end cleanly. perf-gate uses SIGINT for services.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define GRACE_MS 100
#define KILL_ROUND_MS 20 /* processes are killed again at this interval in ms, because new ones could have started */
#define KILL_ROUNDS 250  /* after 5 s, this helper gives up: the remaining processes are stuck in the kernel or belong to another user */

extern char **environ;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

#include "channel.h"
#include "delay.h"
#include "tree-memory.h"
#include "left-behind.h"

static double in_ms(struct timeval t) { return t.tv_sec * 1e3 + t.tv_usec / 1e3; }

/* Requests SIGALRM after `ms`, and then every KILL_ROUND_MS. */
static void alarm_in(long ms) {
  struct itimerval timer = {{0, KILL_ROUND_MS * 1000}, {ms / 1000, ms % 1000 * 1000}};
  if (ms > 0) setitimer(ITIMER_REAL, &timer, NULL);
}

/* Pins this process and its future children to CPUs. Returns 0 or an errno. */
static int pin_to(const char *cpus) {
#ifdef __linux__
  cpu_set_t set;
  CPU_ZERO(&set);
  for (char *rest = (char *)cpus; *rest;) {
    long first = strtol(rest, &rest, 10), last = *rest == '-' ? strtol(rest + 1, &rest, 10) : first;
    if ((*rest && *rest != ',') || last >= CPU_SETSIZE) return EINVAL;
    for (long cpu = first; cpu <= last; cpu++) CPU_SET(cpu, &set);
    if (*rest == ',') rest++;
  }
  return sched_setaffinity(0, sizeof set, &set) == 0 ? 0 : errno;
#else
  (void)cpus;
  return ENOTSUP;
#endif
}

/* Reaps one ended process, as a non-blocking wait4 does, and notes the time. */
static pid_t reap(pid_t program, int *status, struct rusage *usage, double *seen) {
#ifdef __linux__
  siginfo_t next = {0};
  if (waitid(P_ALL, 0, &next, WEXITED | WNOHANG | WNOWAIT) != 0) return -1;
  if (next.si_pid == 0) return 0;
  *seen = now_ms();
  if (next.si_pid == program) read_delay(program, &main_run_ms, &main_delay_ms);
  return wait4(next.si_pid, status, WNOHANG, usage);
#else
  pid_t ended = wait4(-1, status, WNOHANG, usage);
  if (ended > 0) *seen = now_ms();
  return ended;
#endif
}

static void on_child(int signal) { (void)signal; } /* a handler is needed, because sigwait does not always receive an ignored signal */

int main(int argc, char **argv) {
  const char *cpus = NULL;
  int options = 2, leaves = 0;
  for (; options < argc && strcmp(argv[options], "--") != 0; options++) {
    if (strncmp(argv[options], "tree=", 5) == 0) tree_method = strdup(argv[options] + 5);
    else if (strcmp(argv[options], "leave") == 0) leaves = 1;
    else cpus = strdup(argv[options]);
  }
  char **program = argv + options + 1;
  if (program >= argv + argc) {
    fprintf(stderr, "usage: stopwatch TIMEOUT_MS [CPUS] [tree=METHOD] [leave] -- program [argument...]\n");
    return 2;
  }
  long timeout_ms = atol(argv[1]);
  hide();
  be_nobody(argv, options);

  /* only sigwait receives signals: no handler runs, and no signal is lost between a test and the wait after it */
  sigset_t signals, before;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigaddset(&signals, SIGALRM);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, &before);
  struct sigaction noted = {.sa_handler = on_child};
  sigaction(SIGCHLD, &noted, NULL);

#ifdef __linux__
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
  char word[LONGEST_WORD];
  if (!read_word(word)) return 1;
#ifdef __linux__
  struct pollfd report = {REPORT_FD, 0, 0};
  if (poll(&report, 1, 0) > 0) return 1; /* the parent ended before this process could watch it */
#endif

  begin_tree();

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigmask(&attributes, &before);

  pid_t child;
  struct rusage usage;
  double user_ms = 0, sys_ms = 0;
  long max_rss = 0, voluntary = 0, involuntary = 0;
  int status = 0, child_ended = 0, stopping = 0, timed_out = 0, left_behind = 0, rounds = 0;

  int exec_errno = cpus ? pin_to(cpus) : 0;
  alarm_in(timeout_ms);
  double start = now_ms(), end = start, main_end = 0;
  if (exec_errno == 0) exec_errno = posix_spawnp(&child, program[0], NULL, &attributes, program, environ);

  while (exec_errno == 0 && rounds < KILL_ROUNDS) {
    int ended_status, signal;
    pid_t ended;
    while ((ended = reap(child, &ended_status, &usage, &end)) > 0) {
      user_ms += in_ms(usage.ru_utime);
      sys_ms += in_ms(usage.ru_stime);
      voluntary += usage.ru_nvcsw;
      involuntary += usage.ru_nivcsw;
      if (usage.ru_maxrss > max_rss) max_rss = usage.ru_maxrss;
      if (ended == child) {
        status = ended_status;
        child_ended = 1;
        main_end = end;
        if (!stopping) alarm_in(GRACE_MS);
      } else if (child_ended && stopping && !timed_out) {
        left_behind++;
      }
    }
    if (ended < 0) { /* no child remains */
#ifndef __linux__
      while (kill(-child, 0) == 0 && now_ms() < end + GRACE_MS) usleep(2000);
      if (kill(-child, 0) == 0) left_behind = !stopping;
      kill_children(child, 1);
#endif
      break;
    }
    if (stopping) kill_children(child, child_ended);
    signal = next_signal(&signals, child);
    if (signal == SIGINT && !child_ended) kill(-child, SIGTERM);
    if (leaves && signal == SIGALRM && child_ended && !stopping) {
      left_behind = count_left();
      break;
    }
    if (signal == SIGALRM || signal == SIGTERM) {
      if (!stopping) timed_out = signal == SIGALRM && !child_ended;
      if (stopping && signal == SIGALRM) rounds++;
      if (signal == SIGTERM) alarm_in(KILL_ROUND_MS);
      stopping = 1;
    }
  }
  end_tree(max_rss);
#ifdef __APPLE__
  max_rss /= 1024; /* macOS reports bytes, other systems report KB */
#endif

  char exit_code[16] = "null", ended_by[16] = "null";
  if (child_ended && WIFEXITED(status)) snprintf(exit_code, sizeof exit_code, "%d", WEXITSTATUS(status));
  if (child_ended && WIFSIGNALED(status)) snprintf(ended_by, sizeof ended_by, "%d", WTERMSIG(status));
  char run[32] = "null", delay[32] = "null", end_delay[32] = "null";
  if (main_run_ms > 0) {
    snprintf(run, sizeof run, "%.6f", main_run_ms);
    snprintf(delay, sizeof delay, "%.6f", main_delay_ms);
  }
  if (end_delay_ms >= 0) snprintf(end_delay, sizeof end_delay, "%.6f", end_delay_ms);
  char tree[32] = "null";
  if (tree_peak_kb > 0) snprintf(tree, sizeof tree, "%.0f", tree_peak_kb);
  const char *quote = exec_errno ? "\"" : "";
  dprintf(REPORT_FD,
          "%s {\"start_ms\":%.6f,\"main_wall_ms\":%.6f,\"wall_ms\":%.6f,\"user_ms\":%.3f,\"sys_ms\":%.3f,\"max_rss_kb\":%ld,\"tree_rss_kb\":%s,\"main_run_ms\":%s,\"main_delay_ms\":%s,\"end_delay_ms\":%s,\"voluntary_switches\":%ld,"
          "\"involuntary_switches\":%ld,\"exit_code\":%s,\"signal\":%s,\"timed_out\":%s,\"left_behind\":%d,"
          "\"exec_error\":%s%s%s}\n",
          word, start, (child_ended ? main_end : end) - start, end - start, user_ms, sys_ms, max_rss, tree, run, delay, end_delay, voluntary, involuntary, exit_code, ended_by,
          timed_out ? "true" : "false", left_behind, quote, exec_errno ? strerror(exec_errno) : "null", quote);
  return 0;
}

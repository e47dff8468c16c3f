/* Measures how long the program and this helper were ready to run but waited for a processor. Linux only. */

/* The text of a file, at most `size` bytes including the final NUL. Empty if the file cannot be read. */
static char *text_of(const char *path, char *text, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? 0 : read(fd, text, size - 1);
  if (fd >= 0) close(fd);
  text[length > 0 ? length : 0] = 0;
  return text;
}

/* The figures that this helper reports, in ms. A run time of 0 or less, or a negative delay, means unknown. `end_delay_ms`: how long this
 * helper waited for a processor before it could note the end of the program. */
static double main_run_ms = -1, main_delay_ms = -1, end_delay_ms = -1;

/*
 * Reads how long the main thread of a process ran, and how long it waited for a processor. Until the process is reaped, the file
 * schedstat of the thread holds three numbers "run delay slices", the first two in ns. A kernel without these statistics reports 0.
 */
static void read_delay(pid_t pid, double *run_ms, double *delay_ms) {
  char path[64], stat[128];
  snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
  unsigned long long run_ns = 0, delay_ns = 0;
  sscanf(text_of(path, stat, sizeof stat), "%llu %llu", &run_ns, &delay_ns);
  *run_ms = run_ns / 1e6;
  *delay_ms = delay_ns / 1e6;
}

/* Waits for a signal, at most for `pause` if given, and measures `end_delay_ms`. This delay begins when the signal for the end of a process
 * wakes this helper. */
static int timed_wait(const sigset_t *signals, const struct timespec *pause) {
  int signal = -1;
#ifdef __linux__
  double run, before, after;
  read_delay(getpid(), &run, &before);
  signal = pause ? sigtimedwait(signals, NULL, pause) : sigwaitinfo(signals, NULL);
  read_delay(getpid(), &run, &after);
  end_delay_ms = run > 0 ? after - before : -1;
#else
  (void)pause;
  sigwait(signals, &signal);
#endif
  return signal;
}

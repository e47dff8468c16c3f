/*
 * Measures the peak memory, in KB, of all live processes of the process tree together. Linux only. The methods differ in what they count:
 *
 * `cgroup`  reads the kernel's own peak (memory.peak, version 2) of a cgroup that is made for this execution. Includes the page cache.
 * `pss`     reads smaps_rollup at intervals. A page that n processes share counts as 1/n of a page in each process.
 * `rss`     reads statm at intervals. A page that n processes share counts as a whole page in each process.
 */
static const char *tree_method = NULL;
static double tree_peak_kb = -1; /* negative: unknown */

#ifdef __linux__
#define MOST_MEMBERS 4096
#define LONGEST_PAUSE_MS 10 /* between two samples */
#define LARGEST_SHARE 10    /* sampling takes at most 1/10 of the time */

static int tree_is(const char *method) { return tree_method && strcmp(tree_method, method) == 0; }

static double memory_kb(pid_t pid) {
  char path[64], text[2048];
  long pages = 0, kb = 0;
  snprintf(path, sizeof path, tree_is("pss") ? "/proc/%d/smaps_rollup" : "/proc/%d/statm", (int)pid);
  text_of(path, text, sizeof text);
  if (!tree_is("pss")) return sscanf(text, "%*d %ld", &pages) == 1 ? pages * (sysconf(_SC_PAGESIZE) / 1024.0) : 0;
  char *line = strstr(text, "\nPss:");
  return line && sscanf(line, "\nPss: %ld", &kb) == 1 ? kb : 0;
}

/* Takes one sample: the memory of all processes in the leader's session, and of descendants outside it. One pass finds most of these
 * descendants, because /proc lists most parents before their children. */
static void sample_tree(pid_t leader) {
  static pid_t members[MOST_MEMBERS];
  int count = 0;
  double sum = 0;
  members[count++] = getpid();
  DIR *proc = opendir("/proc");
  for (struct dirent *entry; proc && (entry = readdir(proc)) && count < MOST_MEMBERS;) {
    char path[300], stat[512];
    int parent, session, known = 0;
    pid_t pid = atoi(entry->d_name);
    if (pid <= 0 || pid == members[0]) continue;
    snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
    char *after_name = strrchr(text_of(path, stat, sizeof stat), ')');
    if (!after_name || sscanf(after_name, ") %*c %d %*d %d", &parent, &session) != 2) continue;
    for (int i = 0; i < count && !known; i++) known = members[i] == parent;
    if (!known && session != leader) continue;
    members[count++] = pid;
    sum += memory_kb(pid);
  }
  if (proc) closedir(proc);
  if (sum > tree_peak_kb && sum > 0) tree_peak_kb = sum;
}

/* Waits for a signal, and takes samples of the memory while it waits. The first samples are frequent, because a program can end soon. Later
 * samples are rarer, so that sampling never takes a large share of the time. */
static int next_signal(const sigset_t *signals, pid_t leader) {
  static double usual_ms = 0;
  struct timespec pause = {0, 0};
  int signal;
  if (!tree_is("pss") && !tree_is("rss")) return timed_wait(signals, NULL);
  while (usual_ms == 0 || (signal = timed_wait(signals, &pause)) < 0) {
    double before = now_ms();
    sample_tree(leader);
    double least = LARGEST_SHARE * (now_ms() - before), ms = least > usual_ms ? least : usual_ms;
    pause.tv_sec = (time_t)(ms / 1000);
    pause.tv_nsec = (long)((ms - pause.tv_sec * 1000.0) * 1e6);
    usual_ms = usual_ms * 2 < LONGEST_PAUSE_MS ? usual_ms * 2 + 1 : LONGEST_PAUSE_MS;
  }
  return signal;
}

/* The cgroup of this process before the execution (`home_group`) and during the execution (`own_group`). Empty if no cgroup is used. */
static char home_group[600], own_group[700];

static int enter_group(const char *group) {
  char path[800];
  snprintf(path, sizeof path, "%s/cgroup.procs", group);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  int entered = fd >= 0 && write(fd, "0", 1) == 1;
  if (fd >= 0) close(fd);
  return entered;
}

/* Makes a cgroup below this process's own cgroup. If this is forbidden, or if the kernel counts no memory there, tries the parent
 * cgroup, and so on. This process enters the new cgroup, so that the program begins in it. */
static void begin_tree(void) {
  char text[500], path[800];
  char *line = strstr(text_of("/proc/self/cgroup", text, sizeof text), "0::/");
  if (!line || !tree_is("cgroup")) return;
  line[strcspn(line, "\n")] = 0;
  snprintf(home_group, sizeof home_group, "/sys/fs/cgroup%s", line + 3);
  char *place = strdup(home_group);
  for (char *end; strlen(place) >= strlen("/sys/fs/cgroup"); *end = 0) {
    snprintf(own_group, sizeof own_group, "%s/perf-gate-%d", place, (int)getpid());
    snprintf(path, sizeof path, "%s/memory.peak", own_group);
    if (mkdir(own_group, 0755) == 0) {
      if (access(path, R_OK) == 0 && enter_group(own_group)) break;
      rmdir(own_group);
    }
    own_group[0] = 0;
    end = strrchr(place, '/');
  }
  free(place);
}

/* Sets the final value of the peak. With `rss`, the peak is at least `max_rss`, the kernel's peak of the largest process, because samples
 * can miss a peak. With `cgroup`, it is read from the kernel. */
static void end_tree(long max_rss) {
  char path[800], text[64];
  if (tree_is("rss") && tree_peak_kb < max_rss) tree_peak_kb = max_rss;
  if (!own_group[0]) return;
  snprintf(path, sizeof path, "%s/memory.peak", own_group);
  double bytes = atof(text_of(path, text, sizeof text));
  if (bytes > 0) tree_peak_kb = bytes / 1024;
  enter_group(home_group);
  rmdir(own_group);
}
#else
static void begin_tree(void) {}
static void end_tree(long max_rss) { (void)max_rss; }

static int next_signal(const sigset_t *signals, pid_t leader) {
  (void)leader;
  return timed_wait(signals, NULL);
}
#endif

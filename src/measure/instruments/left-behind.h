/* Finds and kills the processes that a program leaves behind: descendants that are still alive when the program has ended. */

/* Calls `each` for every process, with its id and the id of its parent. Linux only. */
static void every_process(void (*each)(pid_t pid, pid_t parent)) {
  DIR *proc = opendir("/proc");
  for (struct dirent *entry; proc && (entry = readdir(proc));) {
    char path[300], stat[512];
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
    char *after_name = strrchr(text_of(path, stat, sizeof stat), ')'); /* the text is `pid (any name) state parent ...` */
    if (after_name && strlen(after_name) > 4) each(atoi(entry->d_name), atoi(after_name + 4));
  }
  if (proc) closedir(proc);
}

static void kill_own_child(pid_t pid, pid_t parent) {
  if (parent == getpid()) kill(pid, SIGKILL);
}

/* Kills every direct child. The children of killed processes then become children of this helper, which kills them in the next round. */
static void kill_children(pid_t leader, int leader_ended) {
  /* After the leader of the group is reaped, another group can get its id. From then on, the id is used only on systems without /proc. */
#ifdef __linux__
  if (!leader_ended) kill(-leader, SIGKILL);
  every_process(kill_own_child);
#else
  (void)leader_ended;
  (void)kill_own_child;
  (void)every_process;
  kill(-leader, SIGKILL);
#endif
}

#define MOST_LEFT 1024
static pid_t left[MOST_LEFT];
static int left_count;

static void note_if_below(pid_t pid, pid_t parent) {
  int is_below = parent == getpid();
  for (int i = 0; i < left_count; i++) {
    if (left[i] == pid) return;
    if (left[i] == parent) is_below = 1;
  }
  if (is_below && left_count < MOST_LEFT) left[left_count++] = pid;
}

/* Counts the descendants of this process. A child can be listed before its parent, so the list is read again until no further descendant
 * is found. */
static int count_left(void) {
  for (int before = -1; before < left_count;) {
    before = left_count;
    every_process(note_if_below);
  }
  return left_count;
}

/* Builds the file system of a room. System calls are made by number, because older C libraries have no names for these calls. */
#ifndef SYS_open_tree
#define SYS_open_tree 428
#define SYS_move_mount 429
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#define PLACES 256

extern int mount(const char *, const char *, const char *, unsigned long, const void *);
#define PRIVATE_ALL 0x44000UL /* MS_REC | MS_PRIVATE */
#define CAREFUL 6UL           /* MS_NOSUID | MS_NODEV */
#define IN_MEMORY "/proc"     /* the layers of the overlays are mounted here, until the last mount covers this path */

/* Returns the descriptor of a copy of the mounts at a path; the copy is mounted nowhere yet. */
static int opened(const char *path) {
  return must(syscall(SYS_open_tree, AT_FDCWD, path, 1 /* CLONE */ | AT_RECURSIVE | O_CLOEXEC), "open", path);
}

static void attach(int tree, const char *place) {
  must(syscall(SYS_move_mount, tree, "", AT_FDCWD, place, 4 /* from the descriptor */), "mount", place);
  close(tree);
}

static void make_read_only(int at, const char *path) {
  struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
  must(syscall(SYS_mount_setattr, at, path, AT_RECURSIVE | (*path ? 0 : AT_EMPTY_PATH), &attributes, sizeof attributes), "protect", path);
}

static void make_folder(const char *path) {
  char name[4096];
  snprintf(name, sizeof name, "%s", path);
  for (char *slash = strchr(name + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(name, 0755);
    *slash = '/';
  }
  mkdir(name, 0755);
}

/* Makes a mount point at `path`: a file if the descriptor `tree` is a file, otherwise a folder. A mount point that exists already stays. */
static void make_place(int tree, const char *path) {
  char folder[4096];
  struct stat root;
  char *slash;
  if (tree < 0 || fstat(tree, &root) != 0 || S_ISDIR(root.st_mode)) return make_folder(path);
  snprintf(folder, sizeof folder, "%s", path);
  if ((slash = strrchr(folder, '/')) && slash > folder) *slash = 0, make_folder(folder);
  int file = open(path, O_CREAT | O_RDONLY | O_CLOEXEC, 0644);
  if (file >= 0) close(file);
}

/* Mounts an overlay whose upper layer is in memory. The root of the overlay gets the owner and mode of the tree's root. */
static void overlay(int tree, const char *place, int number) {
  char lower[64], upper[64], work[64], options[256];
  struct stat root;
  snprintf(lower, sizeof lower, IN_MEMORY "/lower%d", number);
  snprintf(upper, sizeof upper, IN_MEMORY "/upper%d", number);
  snprintf(work, sizeof work, IN_MEMORY "/work%d", number);
  make_folder(lower);
  make_folder(upper);
  make_folder(work);
  must(fstat(tree, &root), "stat", place);
  attach(tree, lower);
  if (chown(upper, root.st_uid, root.st_gid) != 0 || chmod(upper, root.st_mode & 07777) != 0) refuse("dress", place);
  snprintf(options, sizeof options, "lowerdir=%s,upperdir=%s,workdir=%s", lower, upper, work);
  if (mount("overlay", place, "overlay", CAREFUL, options) == 0) return;
  strcat(options, ",userxattr"); /* in a user namespace */
  must(mount("overlay", place, "overlay", CAREFUL, options), "overlay", place);
}

/* The number of words in a step, including its name. 0 if the name is unknown. */
static int words_of(const char *step) {
  if (strcmp(step, "bind") == 0 || strcmp(step, "view") == 0 || strcmp(step, "cover") == 0) return 3;
  return strcmp(step, "overlay") == 0 || strcmp(step, "empty") == 0 ? 2 : 0;
}

static void furnish(char **steps) {
  int trees[PLACES], count = 0, words;
  must(mount(NULL, "/", NULL, PRIVATE_ALL, NULL), "separate", "/");
  for (char **step = steps; *step; step += words) {
    words = words_of(*step);
    if (words == 0 || count == PLACES) errno = EINVAL, refuse("step", *step);
    trees[count++] = **step == 'e' ? -1 : opened(step[1]);
  }
  make_read_only(AT_FDCWD, "/");
  must(mount("tmpfs", IN_MEMORY, "tmpfs", CAREFUL, "mode=0755"), "mount", IN_MEMORY);
  count = 0;
  for (char **step = steps; *step; step += words, count++) {
    const char *place = step[(words = words_of(*step)) - 1];
    make_place(trees[count], place);
    if (**step == 'v') make_read_only(trees[count], "");
    if (**step == 'e') must(mount("tmpfs", place, "tmpfs", CAREFUL, "mode=1777"), "empty", place);
    else if (**step == 'o' || **step == 'c') overlay(trees[count], place, count);
    else attach(trees[count], place);
  }
  must(mount("proc", "/proc", "proc", CAREFUL | 8 /* MS_NOEXEC */, NULL), "mount", "/proc");
  must(chdir("/"), "enter", "/");
}

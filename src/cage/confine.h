/* The isolation for machines without namespaces. Landlock allows a process and its children to write only in given folders, and to send
 * signals only to each other. It does not hide files or processes. */
#include <linux/landlock.h>
#include <stddef.h>

#define MAKES_AND_WRITES                                                                                                     \
  (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | \
   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |  \
   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)
#define REFERS (1ULL << 13)    /* from ABI 2 */
#define TRUNCATES (1ULL << 14) /* from ABI 3 */
#define TCP 3ULL               /* forbids bind and connect of TCP, from ABI 4 */
#define SIGNALS 2ULL           /* forbids signals to processes outside this confinement, from ABI 6 */
#define ABSTRACT 1ULL          /* forbids connections to abstract sockets of processes outside this confinement, from ABI 6 */

struct ruleset {
  unsigned long long files, network, scoped;
};

static void allow(int ruleset, const char *path, unsigned long long rights) {
  struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC)};
  if (rule.parent_fd < 0) return; /* the folder does not exist, so no rule is needed */
  must(syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0), "allow", path);
  close(rule.parent_fd);
}

static void landlock_to(char **folders, int without_network) {
  static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/pts", "/proc/self"};
  int abi = must(syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION), "use", "Landlock");
  if (without_network && abi < 4) errno = ENOSYS, refuse("forbid", "TCP by Landlock");
  unsigned long long writes = MAKES_AND_WRITES | (abi >= 2 ? REFERS : 0) | (abi >= 3 ? TRUNCATES : 0);
  struct ruleset rules = {writes, without_network ? TCP : 0, SIGNALS | (without_network ? ABSTRACT : 0)};
  size_t known = abi >= 6 ? sizeof rules : abi >= 4 ? offsetof(struct ruleset, scoped) : sizeof rules.files;
  int ruleset = must(syscall(SYS_landlock_create_ruleset, &rules, known, 0), "use", "Landlock");
  for (char **folder = folders; *folder; folder++) allow(ruleset, *folder, writes);
  allow(ruleset, "/dev/shm", writes);
  for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
    allow(ruleset, devices[i], LANDLOCK_ACCESS_FS_WRITE_FILE | (abi >= 3 ? TRUNCATES : 0));
  must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "give up", "new rights");
  must(syscall(SYS_landlock_restrict_self, ruleset, 0), "use", "Landlock");
  close(ruleset);
}

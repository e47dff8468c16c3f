/* The channel between this helper and its parent. The measured program runs as the same user, so the channel is protected from it. */
#define REPORT_FD 3
#define LONGEST_WORD 64

/* Hides the memory, the environment and the descriptors of this process from the program. */
static void hide(void) {
  fcntl(REPORT_FD, F_SETFD, FD_CLOEXEC);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_CAPBSET_DROP, 19 /* CAP_SYS_PTRACE */, 0, 0, 0); /* a program of root can still trace its own children */
#endif
}

/* Gives this process another name and clears its arguments, because the measured program could read both. */
static void be_nobody(char **own_words, int count) {
#ifdef __linux__
  prctl(PR_SET_NAME, "init");
#endif
  for (int i = 0; i < count; i++) memset(own_words[i], 0, strlen(own_words[i]));
}

/* Reads the word with which the report must begin. Returns 0 if the parent died before it sent a word. */
static int read_word(char *word) {
  for (ssize_t length = 0, got; length < LONGEST_WORD; length += got) {
    got = read(REPORT_FD, word + length, LONGEST_WORD - length);
    if (got < 0 && errno == EINTR) got = 0;
    else if (got <= 0) return 0;
    char *end = memchr(word, '\n', length + got);
    if (end) return !(*end = 0);
  }
  return 0;
}

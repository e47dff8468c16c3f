/* The channel to the parent, and how it is kept from the program, which runs with the same rights. */
#define REPORT_FD 3
#define LONGEST_WORD 64

/* Closes what this process knows and has open: its memory, its environment, its descriptors. */
static void hide(void) {
  fcntl(REPORT_FD, F_SETFD, FD_CLOEXEC);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_CAPBSET_DROP, 19 /* CAP_SYS_PTRACE */, 0, 0, 0); /* a program of root's may still trace what it starts itself */
#endif
}

/* Takes a name that says nothing: a program sees what started it. What follows are its own words, which it knows. */
static void be_nobody(char **own_words, int count) {
#ifdef __linux__
  prctl(PR_SET_NAME, "init");
#endif
  for (int i = 0; i < count; i++) memset(own_words[i], 0, strlen(own_words[i]));
}

/* Reads the word that the report must begin with; 0 if the parent died before it gave one. */
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

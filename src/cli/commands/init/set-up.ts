/** What one kind of set-up did: the files that it changed, sentences for people, and what to do next. */
export type SetUp = { changed: string[]; told: string[]; next: string };

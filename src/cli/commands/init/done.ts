/** What a set-up came to: the files that changed, sentences for people, and what comes next. */
export type Done = { files: string[]; told: string[]; hint: string };

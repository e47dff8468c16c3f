/** A line of a file, counted from 1. A command in a declaration has the line of the declaration. */
export type Place = { file: string; line: number };

/** An argument: `text` as written, without its quotes; `value` at run time, null if it depends on unknown values. */
export type Word = { text: string; value: string | null };

export type Language = 'shell' | 'python' | 'javascript' | 'powershell' | 'program' | 'other';

/** A file that a command runs or sources. `missing` and not executable files fail; `unread` files exist, but are not text or too long. */
export type Target = {
  /** Absolute, if its folder is known. */
  file: string;
  /** As its author wrote it, without quotes. */
  written: string;
  /** Whether its path depends on the session's current folder. */
  relative: boolean;
  /** Run directly, as an argument of an interpreter, or sourced by the running shell. */
  how: 'itself' | 'interpreter' | 'sourced';
  language: Language;
  state: 'there' | 'missing' | 'not_executable' | 'not_a_file' | 'unread';
};

/** One command that really runs: not in a comment, a string, a here-document, or a function without callers. */
export type Command = {
  /** The name without its folders; null if it depends on unknown values. */
  program: string | null;
  words: readonly Word[];
  at: Place;
  /** Its working folder, absolute; null after a `cd` to an unknown folder. */
  folder: string | null;
  /** Whether it may be skipped: in a branch, on the right side of `&&` or `||`, or in the body of a loop. */
  conditional: boolean;
  loop: boolean;
  /** Whether the hook does not wait for it. */
  background: boolean;
  /**
   * Whether it runs for some events only: in a branch whose condition depends on the event, or after a line that ends the hook for other
   * events.
   */
  guarded: boolean;
  /** Whether its output goes to the client, on stdout or stderr: not into a variable, a pipe or a file. */
  told: boolean;
  /** Whether it can read the event's JSON on its standard input. */
  payload: boolean;
  /** The text on its standard input (a here-document); null without one. */
  input: string | null;
  target: Target | null;
};

/** A shell function, for comparing it with those of other hooks: the body without trailing blanks. */
export type ShellFunction = { name: string; body: string; at: Place };

/** A variable that a script reads. `fallback`: whether the script has a default for it. */
export type VariableUse = { name: string; fallback: boolean; at: Place };

/** A suspected action of a Python or JavaScript text: a guess from words, while shell is parsed. */
export type Hint = { kind: 'network' | 'process'; word: string; at: Place };

/** A text that is part of a hook. */
export type Text = { file: string; language: Language; lines: number };

/** A text that could not be read correctly. */
export type Problem = { code: 'syntax' | 'unread' | 'too_much'; at: Place; detail: string };

/** The session's folder and the user's HOME. Both absolute. */
export type Surroundings = { project: string; home: string };

/** The contents of a hook, as far as its texts can be read. */
export type Script = {
  around: Surroundings;
  /** The line that declares the hook. */
  declared: Place;
  commands: readonly Command[];
  functions: readonly ShellFunction[];
  variables: readonly VariableUse[];
  texts: readonly Text[];
  hints: readonly Hint[];
  problems: readonly Problem[];
};

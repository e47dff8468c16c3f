/** A line of a file, counted from 1. A command in a declaration has the line of the declaration. */
export type Place = { file: string; line: number };

/** An argument: `text`: the word as written, without its quotes. `value`: the value at run time. Null if it depends on unknown values. */
export type Word = { text: string; value: string | null };

export type Language = 'shell' | 'python' | 'javascript' | 'powershell' | 'program' | 'other';

/**
 * A file that a command runs or sources. Commands fail if their file is `missing` or not executable. `unread` files exist, but they are too
 * long or are not text.
 */
export type Target = {
  /** The file's path. It is absolute if the folder is known. */
  file: string;
  /** The path as the author wrote it, without quotes. */
  written: string;
  /** Whether the file's path depends on the session's current folder. */
  relative: boolean;
  /** How the file is run: directly, as an argument of an interpreter, or sourced by the running shell. */
  how: 'itself' | 'interpreter' | 'sourced';
  language: Language;
  state: 'there' | 'missing' | 'not_executable' | 'not_a_file' | 'unread';
};

/**
 * One command that really runs. Commands do not run if they are in a comment, a string, a here-document, or a function that is never
 * called.
 */
export type Command = {
  /** The program's name without its folders. Null if the name depends on unknown values. */
  program: string | null;
  words: readonly Word[];
  at: Place;
  /** The absolute path of the command's working folder. Null after a `cd` to an unknown folder. */
  folder: string | null;
  /** Whether the command runs only under a condition: in a branch, on the right side of `&&` or `||`, or in the body of a loop. */
  conditional: boolean;
  loop: boolean;
  /** Whether the hook does not wait for the command. */
  background: boolean;
  /**
   * Whether the command runs for some events only. True for a command in a branch whose condition depends on the event, or after a line
   * that ends the hook for other events.
   */
  guarded: boolean;
  /** Whether the command's output goes to Claude Code on stdout or stderr. Otherwise, it goes into a variable, a pipe or a file. */
  told: boolean;
  /** Whether the command can read the event's JSON on its standard input. */
  payload: boolean;
  /** The text of a here-document on the command's standard input. Null without a here-document. */
  input: string | null;
  target: Target | null;
};

/** A shell function, for comparison with the functions of other hooks. The body has no trailing blanks. */
export type ShellFunction = { name: string; body: string; at: Place };

/** A variable that a script reads. `fallback`: whether the script has a default for the variable. */
export type VariableUse = { name: string; fallback: boolean; at: Place };

/** An action that a Python or JavaScript text seems to contain. This is a guess from words, because only shell text is parsed. */
export type Hint = { kind: 'network' | 'process'; word: string; at: Place };

/** A script that was read because the hook's command runs or sources it, directly or through another script. */
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

/** A line of a file, counted from 1. What stands in a declaration has the line of the declaration. */
export type Place = { file: string; line: number };

/** An argument: as written, without its quotes; and what it is when the hook runs, null where that depends on what is not known. */
export type Word = { text: string; value: string | null };

export type Language = 'shell' | 'python' | 'javascript' | 'powershell' | 'program' | 'other';

/** A file that a command runs or reads in: `missing` and what is not executable fail; `unread` is there, but is no text of a sane length. */
export type Target = {
  /** Absolute, as far as known. */
  file: string;
  /** As its author wrote it, without quotes. */
  written: string;
  /** Whether its place depends on the folder in which the session happens to be. */
  relative: boolean;
  /** Run by itself, as an argument of an interpreter, or read into the shell that runs already. */
  how: 'itself' | 'interpreter' | 'sourced';
  language: Language;
  state: 'there' | 'missing' | 'not_executable' | 'not_a_file' | 'unread';
};

/** One command that really runs: not in a comment, a string, a here-document, or a function that nobody calls. */
export type Command = {
  /** The name without its folders; null where it depends on what is not known. */
  program: string | null;
  words: readonly Word[];
  at: Place;
  /** Where it runs, absolute; null after a `cd` to a place that is not known. */
  folder: string | null;
  /** It may be passed over: a branch, the right side of `&&` or `||`, the body of a loop. */
  conditional: boolean;
  loop: boolean;
  /** The hook does not wait for it. */
  background: boolean;
  /** It runs for some events only: it stands in a branch that asks the event, or after one that has ended the hook for others. */
  guarded: boolean;
  /** What it prints goes to the client, as output or as errors: not into a variable, a pipe or a file. */
  told: boolean;
  /** It can read the event's JSON on its standard input. */
  payload: boolean;
  /** The program's text that it is given on its standard input (a here-document), null without one. */
  input: string | null;
  target: Target | null;
};

/** A function of shell, for comparing it with those of other hooks: the body without blanks at its lines' ends. */
export type ShellFunction = { name: string; body: string; at: Place };

/** A variable that a script reads. `fallback`: something else is taken where it is not set. */
export type VariableUse = { name: string; fallback: boolean; at: Place };

/** What a text in Python or JavaScript seems to do. A guess from words, where shell is read by its syntax. */
export type Hint = { kind: 'network' | 'process'; word: string; at: Place };

/** A text that is part of a hook. */
export type Text = { file: string; language: Language; lines: number };

/** What could not be read as it was meant. */
export type Problem = { code: 'syntax' | 'unread' | 'too_much'; at: Place; detail: string };

/** Where hooks run: the session's folder and the person's own. Both absolute. */
export type Surroundings = { project: string; home: string };

/** What a hook runs, as far as its texts say. */
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

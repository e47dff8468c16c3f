import type { World } from '../core/world.ts';

/** What a command works with: the world, and the ways to talk. Only this folder prints. */
export type Tools = World & {
  /** Data for programs, or the text that was asked for: stdout. */
  out(text: string): void;
  /** Words for people: stderr. */
  say(text: string): void;
  /** Whether questions can be asked. */
  interactive: boolean;
  colour: boolean;
  /** Columns of the terminal. */
  width: number;
  json: boolean;
};

/** Lists come from options that may be given several times. */
export type Options = Record<string, string | boolean | string[] | undefined>;

/** Does the command; the number is the exit code. */
export type Run = (args: string[], options: Options, tools: Tools) => Promise<number>;

/** A command's code. `silent`: nothing happens meanwhile that is told, so that what would draw it is not loaded. */
type Loaded = { run: Run; silent?: true };

/** One command of the command line: a row of the table in commands.ts, from which help and reference are made. */
export type Command = {
  name: string;
  /** Positional arguments in commander's form. */
  args?: string;
  /** How it is called, where the arguments do not tell it. */
  usage?: string;
  summary: string;
  /** What it does, where one line is not enough. */
  detail?: string;
  example: string;
  options?: [flags: string, description: string][];
  load(): Promise<Loaded>;
};

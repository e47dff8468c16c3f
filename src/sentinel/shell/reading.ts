import type { CompoundList, Function as FunctionNode, ParsedScript, SyntaxNode } from 'unbash';
import type { Loaded } from './load.ts';
import type { Command, Hint, Problem, ShellFunction, Text, VariableUse } from './script.ts';

/**
 * The value that a word has at run time. `text`: the value. Null if it depends on unknown values. `payload`: the value is the event's JSON.
 * `event`: the value depends on the event.
 */
export type Value = { text: string | null; payload: boolean; event: boolean };

/** The condition under which a place in a script is reached: no condition, a condition that depends on the event, or another condition. */
type Branch = 'none' | 'other' | 'event';

/**
 * The state of a shell, or of a function in it. `guarded`: an earlier line has ended the shell for events that do not concern the hook.
 * `ended`: an earlier line has ended the shell for all events. `branch`: the condition under which the caller reaches the function. In a
 * function that is called conditionally, an `exit` ends the caller only conditionally.
 */
export type Frame = { parent: Frame | null; shell: boolean; branch: Branch; guarded: boolean; ended: boolean };

/** The state of the shell at one place of a script. */
export type Spot = {
  file: string;
  /** The script text that is read. All offsets are offsets in this text. */
  text: string;
  lineAt(offset: number): number;
  /** `branch`: the condition for this place inside the frame. `conditional`: whether the hook reaches this place only under a condition. */
  branch: Branch;
  conditional: boolean;
  loop: boolean;
  background: boolean;
  payload: boolean;
  told: boolean;
  frame: Frame;
  variables: Map<string, Value>;
  /** `$1` and so on. */
  args: readonly Value[];
  /** Whether the effect of a syntax node depends on the event. */
  asks(node: SyntaxNode, spot: Spot): boolean;
  /** The functions and files that are being read now. The list prevents recursion. */
  within: readonly string[];
};

type Body = { node: FunctionNode['body'] | CompoundList; spot: Spot };

/** The results of reading one hook, and the tools for reading. */
export type Reading = {
  parse(text: string): ParsedScript;
  eachChild(node: SyntaxNode, use: (child: SyntaxNode) => void): void;
  load(file: string): Loaded;
  walk(node: SyntaxNode, spot: Spot): void;
  functions: Map<string, Body>;
  /** Handlers of `trap`, which run when the shell ends. */
  last: (() => void)[];
  /** The number of commands that may still be read. Without a limit, a hostile script could call functions recursively for ever. */
  left: number;
  found: {
    commands: Map<string, Command>;
    functions: Map<string, ShellFunction>;
    variables: Map<string, VariableUse>;
    texts: Text[];
    hints: Hint[];
    problems: Problem[];
  };
};

/** A frame inside another frame. It belongs to a new shell, such as a `$(…)` or a pipe, or to a function in the same shell. */
export const frameIn = (spot: Spot, shell: boolean): Frame => ({
  parent: spot.frame,
  shell,
  branch: spot.branch,
  guarded: false,
  ended: false,
});

/** The state in a new shell. The variables and the `exit` of the new shell do not affect the outer shell. */
export const ownShell = (spot: Spot, change: Partial<Spot> = {}): Spot => ({
  ...spot,
  ...change,
  branch: 'none',
  frame: frameIn(spot, true),
  variables: new Map(spot.variables),
});

const chain = (frame: Frame | null): Frame[] => (frame ? [frame, ...chain(frame.parent)] : []);

export const hasEnded = ({ frame }: Spot): boolean => chain(frame).some(({ ended }) => ended);

/** Whether a place in a script is reached for some events only. */
export const isGuarded = ({ frame, branch }: Spot): boolean =>
  branch === 'event' || chain(frame).some((each) => each.guarded || each.branch === 'event');

/**
 * Ends frames: `return` ends only the frame of its function, and `exit` ends every frame up to the frame of its shell. In a branch,
 * `return` and `exit` end a frame only conditionally.
 */
export function end(spot: Spot, what: 'function' | 'shell'): void {
  let { branch } = spot;
  for (const frame of chain(spot.frame)) {
    if (branch === 'none') frame.ended = true;
    if (branch === 'event') frame.guarded = true;
    if (what === 'function' || frame.shell) return;
    if (branch === 'none') branch = frame.branch;
  }
}

import type { CompoundList, Function as FunctionNode, ParsedScript, SyntaxNode } from 'unbash';
import type { Loaded } from './load.ts';
import type { Command, Hint, Problem, ShellFunction, Text, VariableUse } from './script.ts';

/**
 * The value of a word at run time. `text`: null if it depends on unknown values. `payload`: it is the event's JSON; `event`: it depends
 * on the event.
 */
export type Value = { text: string | null; payload: boolean; event: boolean };

/** Whether a place is reached conditionally, and whether the condition depends on the event. */
type Branch = 'none' | 'other' | 'event';

/**
 * The state of a shell, or of a function in it. `guarded`: an earlier line has ended it for events that do not concern the hook; `ended`:
 * an earlier line has surely ended it. `branch`: that of the caller, so that an `exit` in it ends the caller only conditionally.
 */
export type Frame = { parent: Frame | null; shell: boolean; branch: Branch; guarded: boolean; ended: boolean };

/** The state at one place of a text. */
export type Spot = {
  file: string;
  /** The text that is walked; offsets refer to it. */
  text: string;
  lineAt(offset: number): number;
  /** `branch`: relative to the frame; `conditional`: relative to the whole hook. */
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
  /** Whether what a node does depends on the event. */
  asks(node: SyntaxNode, spot: Spot): boolean;
  /** Functions and files that are being walked, to prevent recursion. */
  within: readonly string[];
};

type Body = { node: FunctionNode['body'] | CompoundList; spot: Spot };

/** The reading of one hook: its results and its tools. */
export type Reading = {
  parse(text: string): ParsedScript;
  eachChild(node: SyntaxNode, use: (child: SyntaxNode) => void): void;
  load(file: string): Loaded;
  walk(node: SyntaxNode, spot: Spot): void;
  functions: Map<string, Body>;
  /** Called when the shell ends (`trap`). */
  last: (() => void)[];
  /** Commands that may still be read: a hostile script could call functions recursively for ever. */
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

/** A frame inside another: of a new shell (`$(…)`, a pipe), or of a function in the same shell. */
export const frameIn = (spot: Spot, shell: boolean): Frame => ({
  parent: spot.frame,
  shell,
  branch: spot.branch,
  guarded: false,
  ended: false,
});

/** A new shell at this spot: its variables and its `exit` do not affect the outer one. */
export const ownShell = (spot: Spot, change: Partial<Spot> = {}): Spot => ({
  ...spot,
  ...change,
  branch: 'none',
  frame: frameIn(spot, true),
  variables: new Map(spot.variables),
});

const chain = (frame: Frame | null): Frame[] => (frame ? [frame, ...chain(frame.parent)] : []);

export const hasEnded = ({ frame }: Spot): boolean => chain(frame).some(({ ended }) => ended);

/** Whether a place is reached for some events only. */
export const isGuarded = ({ frame, branch }: Spot): boolean =>
  branch === 'event' || chain(frame).some((each) => each.guarded || each.branch === 'event');

/** `return` ends the frame; `exit` ends every frame up to that of its shell. In a branch, they end it conditionally. */
export function end(spot: Spot, what: 'function' | 'shell'): void {
  let { branch } = spot;
  for (const frame of chain(spot.frame)) {
    if (branch === 'none') frame.ended = true;
    if (branch === 'event') frame.guarded = true;
    if (what === 'function' || frame.shell) return;
    if (branch === 'none') branch = frame.branch;
  }
}

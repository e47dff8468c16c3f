import type { CompoundList, Function as FunctionNode, ParsedScript, SyntaxNode } from 'unbash';
import type { Loaded } from './load.ts';
import type { Command, Hint, Problem, ShellFunction, Text, VariableUse } from './script.ts';

/**
 * What a word is when the hook runs. `text`: null where it depends on what is not known. `payload`: it is the event's JSON; `event`: it
 * depends on that.
 */
export type Value = { text: string | null; payload: boolean; event: boolean };

/** Whether a place is reached only perhaps, and whether that depends on the event. */
type Branch = 'none' | 'other' | 'event';

/**
 * How far a shell, or a function in it, has come. `guarded`: an earlier line has ended it if the event is none of its business; `ended`:
 * one surely has. `branch`: where its caller stands, so that what ends both ends the caller only perhaps.
 */
export type Frame = { parent: Frame | null; shell: boolean; branch: Branch; guarded: boolean; ended: boolean };

/** What holds at one place of a text. */
export type Spot = {
  file: string;
  /** What is being walked; offsets are its own. */
  text: string;
  lineAt(offset: number): number;
  /** In a branch of the frame; `conditional` of the whole hook. */
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
  /** Functions and files that are being walked, so that none is walked in itself. */
  within: readonly string[];
};

type Body = { node: FunctionNode['body'] | CompoundList; spot: Spot };

/** The reading of one hook: what it has found, and what it reads with. */
export type Reading = {
  parse(text: string): ParsedScript;
  eachChild(node: SyntaxNode, use: (child: SyntaxNode) => void): void;
  load(file: string): Loaded;
  walk(node: SyntaxNode, spot: Spot): void;
  functions: Map<string, Body>;
  /** Called when the shell ends (`trap`). */
  last: (() => void)[];
  /** Commands that may still be looked at: a hostile script could call functions in functions for ever. */
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

/** A frame inside another: of a shell of its own (`$(…)`, a pipe), or of a function in the same one. */
export const frameIn = (spot: Spot, shell: boolean): Frame => ({
  parent: spot.frame,
  shell,
  branch: spot.branch,
  guarded: false,
  ended: false,
});

/** A shell of its own at this spot: what it sets or ends, it sets and ends for itself. */
export const ownShell = (spot: Spot, change: Partial<Spot> = {}): Spot => ({
  ...spot,
  ...change,
  branch: 'none',
  frame: frameIn(spot, true),
  variables: new Map(spot.variables),
});

const chain = (frame: Frame | null): Frame[] => (frame ? [frame, ...chain(frame.parent)] : []);

export const hasEnded = ({ frame }: Spot): boolean => chain(frame).some(({ ended }) => ended);

/** Whether what stands here runs for some events only. */
export const isGuarded = ({ frame, branch }: Spot): boolean =>
  branch === 'event' || chain(frame).some((each) => each.guarded || each.branch === 'event');

/** `return` ends the frame; `exit` every frame up to that of its shell. In a branch, they end it perhaps. */
export function end(spot: Spot, what: 'function' | 'shell'): void {
  let { branch } = spot;
  for (const frame of chain(spot.frame)) {
    if (branch === 'none') frame.ended = true;
    if (branch === 'event') frame.guarded = true;
    if (what === 'function' || frame.shell) return;
    if (branch === 'none') branch = frame.branch;
  }
}

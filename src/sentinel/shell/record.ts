import { basename } from 'node:path';
import { isGuarded, type Reading, type Spot, type Value } from './reading.ts';
import type { Command, Target, Word } from './script.ts';
import { folderOf } from './value.ts';

/** A command in a script: its words, its place in the text, and the state of the shell there. */
export type Call = {
  name: Argument;
  args: readonly Argument[];
  offset: number;
  spot: Spot;
  reading: Reading;
  input: string | null;
};

export type Argument = Word & Pick<Value, 'payload' | 'event'>;

/** Records that a command runs. A command in a function that is called twice is recorded once, with the properties of both calls. */
export function record({ name, args, offset, spot, reading, input }: Call, target: Target | null = null): void {
  const at = { file: spot.file, line: spot.lineAt(offset) };
  const words = args.map(({ text, value }) => ({ text, value }));
  const command: Command = {
    program: name.value === null ? null : basename(name.value),
    words,
    at,
    folder: folderOf(spot),
    conditional: spot.conditional,
    loop: spot.loop,
    background: spot.background,
    guarded: isGuarded(spot),
    told: spot.told,
    payload: spot.payload,
    input,
    target,
  };
  const key = JSON.stringify([at, offset, name.text, words]);
  const before = reading.found.commands.get(key);
  reading.found.commands.set(key, before ? both(before, command) : command);
}

const both = (a: Command, b: Command): Command => ({
  ...a,
  conditional: a.conditional && b.conditional,
  loop: a.loop || b.loop,
  background: a.background && b.background,
  guarded: a.guarded && b.guarded,
  told: a.told || b.told,
  payload: a.payload || b.payload,
});

import { type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { functionFrames, ownWithoutFiles, parseSymbol } from '../parsing/frames.ts';
import { linesOf, unreadable } from '../parsing/input.ts';

const stackLine = /^(\S.*) (\d+(?:\.\d+)?)$/;

/**
 * Reads collapsed stacks: `main;work;inner 12`, callers first, a count at the end. stackcollapse-*.pl, inferno,
 * `py-spy record --format raw`, async-profiler and many other tools write them.
 * Format: https://github.com/brendangregg/FlameGraph#2-fold-stacks
 * @throws profile_unreadable with the number of the line
 */
export function readCollapsed(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('collapsed', 'samples');
  const code = functionFrames();
  const known = new Map<string, number>();
  const placeOf = (text: string) => {
    const place = known.get(text) ?? placeFrom(text, code, builder);
    known.set(text, place);
    return place;
  };
  let number = 0;
  for (const line of linesOf(bytes)) {
    number++;
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, stack, count] = stackLine.exec(line.trimEnd()) ?? [];
    if (stack === undefined)
      throw unreadable(file, 'stacks such as “main;work 12”', `line ${number}: ${line.slice(0, 80)}`);
    let node = -1;
    for (const text of stack.split(';')) node = builder.below(node, placeOf(text));
    builder.add(node, Number(count), Number(count));
  }
  return ownWithoutFiles(builder.done());
}

function placeFrom(text: string, code: ReturnType<typeof functionFrames>, builder: ProfileBuilder): number {
  const { name, file, line, ran, native } = parseSymbol(text);
  if (native) return builder.place({ function: name, file: null, line: null, column: null, kind: 'native' });
  return builder.place(code(name, file, line), ran);
}

/** Whether a text begins with collapsed stacks. The last line may be cut off, so it is not looked at. */
export function looksCollapsed(start: string): boolean {
  const lines = start.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return (
    whole.length > 0 &&
    whole.slice(0, 20).every((line) => /^\S.*;?.* \d+(\.\d+)?\s*$/.test(line) && !/^(?:[{[]|<[?!/])/.test(line))
  );
}

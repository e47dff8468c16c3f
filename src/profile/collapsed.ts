import { functionFrames } from './frames.ts';
import { linesOf, unreadable } from './input.ts';
import { type Frame, type Profile, profileBuilder } from './model.ts';
import { parseSymbol } from './symbol.ts';

const stackLine = /^(\S.*) (\d+(?:\.\d+)?)$/;

/**
 * Reads collapsed stacks: `main;work;inner 12`, callers first, a count at the end. What stackcollapse-*.pl, inferno,
 * `py-spy record --format raw`, async-profiler and many others write.
 * Format: https://github.com/brendangregg/FlameGraph#2-fold-stacks
 * @throws profile_unreadable with the number of the line
 */
export function readCollapsed(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('collapsed', 'samples');
  const code = functionFrames();
  const known = new Map<string, Frame>();
  const frameOf = (text: string) => {
    const frame = known.get(text) ?? frameFrom(text, code);
    known.set(text, frame);
    return frame;
  };
  let number = 0;
  for (const line of linesOf(bytes)) {
    number++;
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, stack, count] = stackLine.exec(line.trimEnd()) ?? [];
    if (stack === undefined)
      throw unreadable(file, 'stacks such as “main;work 12”', `line ${number}: ${line.slice(0, 80)}`);
    let node = -1;
    for (const text of stack.split(';')) node = builder.node(node, frameOf(text));
    builder.add(node, Number(count), Number(count));
  }
  return ownWhereNothingIsTold(builder.done());
}

function frameFrom(text: string, code: ReturnType<typeof functionFrames>): Frame {
  const { name, file, line, native } = parseSymbol(text);
  return native ? { function: name, file: null, line: null, column: null, kind: 'native' } : code(name, file, line);
}

/** Where no stack tells a file, nothing tells the project from the rest: then every function counts as the project's. */
function ownWhereNothingIsTold(profile: Profile): Profile {
  if (profile.frames.some((frame) => frame.file !== null)) return profile;
  const frames = profile.frames.map((f): Frame => (f.kind === 'code' ? { ...f, kind: 'project' } : f));
  return { ...profile, frames };
}

/** Whether a text begins with collapsed stacks. A last line that is cut off says nothing. */
export function looksCollapsed(start: string): boolean {
  const lines = start.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return (
    whole.length > 0 &&
    whole.slice(0, 20).every((line) => /^\S.*;?.* \d+(\.\d+)?\s*$/.test(line) && !/^[{[<]/.test(line))
  );
}

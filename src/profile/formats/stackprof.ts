import { type Frame, type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { type GraphNode, unfold } from '../parsing/call-graph.ts';
import { amountOf, entriesOf, fieldsOf, jsonOf, lineOf, listOf, stringOf, unreadable } from '../parsing/input.ts';

/**
 * Reads the JSON of Ruby's stackprof. If stackprof kept whole stacks (`raw: true`), reads the stacks. If not, reads the number of samples
 * of each function, and of the calls from one function to another. In the modes `wall` and `cpu`, a sample stands for one interval of time.
 * In the mode `object`, a sample is an allocation. Format: https://github.com/tmm1/stackprof, `report.rb`
 * @throws profile_unreadable
 */
export function readStackprof(bytes: Uint8Array, file: string): Profile {
  const { mode, interval, frames, raw } = fieldsOf(jsonOf(bytes, file));
  const known = [...entriesOf(frames)];
  if (known.length === 0) throw unreadable(file, 'frames of stackprof', 'none');
  const isTime = mode !== 'object' && amountOf(interval) > 0;
  const each = isTime ? amountOf(interval) / 1000 : 1;
  const builder = profileBuilder('stackprof', isTime ? 'ms' : 'samples');
  const made = new Map(known.map(([id, frame]) => [id, frameOf(frame)]));
  if (listOf(raw).length > 0) return addRaw(listOf(raw).map(Number), { made, each, file }, builder);
  const index = new Map(known.map(([id], i) => [id, i]));
  const graph = known.map(([id, value]): GraphNode => {
    const { samples, total_samples, edges } = fieldsOf(value);
    const callees = [...entriesOf(edges)].flatMap(([to, count]) => {
      const at = index.get(to);
      return at === undefined ? [] : [[at, { total: amountOf(count) * each, self: null }] as const];
    });
    const own = amountOf(samples);
    return {
      frame: made.get(id)!,
      self: own * each,
      total: amountOf(total_samples) * each,
      calls: own,
      callees: new Map(callees),
    };
  });
  return unfold(graph, builder);
}

/**
 * Adds the stacks in `raw`. Each stack begins with its number of frames. The frames follow, callers first, and then the stack's number of
 * samples.
 */
function addRaw(
  raw: readonly number[],
  { made, each, file }: { made: Map<string, Frame>; each: number; file: string },
  builder: ProfileBuilder,
): Profile {
  for (let at = 0; at < raw.length; ) {
    const length = raw[at]!;
    if (!(length >= 0) || at + length + 1 >= raw.length)
      throw unreadable(file, 'whole stacks in raw', `raw[${at}] ${length}`);
    let node = -1;
    for (const id of raw.slice(at + 1, at + 1 + length)) {
      const frame = made.get(String(id));
      if (!frame) throw unreadable(file, 'stacks of known frames', `raw[${at}] with frame ${id}`);
      node = builder.node(node, frame);
    }
    const count = raw[at + 1 + length]!;
    if (node !== -1) builder.add(node, count * each, count);
    at += length + 2;
  }
  return builder.done();
}

function frameOf(value: unknown): Frame {
  const { name, file, line } = fieldsOf(value);
  const path = stringOf(file);
  const kind = /^\((?:garbage collection|marking|sweeping)\)$/.test(stringOf(name)) ? 'gc' : 'code';
  const isC = path === '' || path === '<cfunc>';
  return { function: stringOf(name), file: isC ? null : path, line: lineOf(line), column: null, kind };
}

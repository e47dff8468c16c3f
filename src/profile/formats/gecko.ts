import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { functionFrames } from '../parsing/frames.ts';
import { amountOf, fieldsOf, jsonOf, lineOf, listOf, stringOf, unreadable } from '../parsing/input.ts';

/** Reads one column of a table. The schema gives the column's index in each row. */
type Column = (row: number) => unknown;

/**
 * Reads the raw format that Firefox itself writes (`MOZ_PROFILER_SHUTDOWN`, `profiler.getProfile`), with the profiles of its child
 * processes. Each sample stands for one sampling interval. In samples of the category Idle, the thread waited.
 * Format: https://github.com/firefox-devtools/profiler/blob/main/docs-developer/gecko-profile-format.md
 * @throws profile_unreadable
 */
export function readGecko(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('firefox', 'ms');
  const code = functionFrames();
  const read = jsonOf(bytes, file);
  // old versions of Firefox saved a recording, whose field `profile` holds the profile
  const open: unknown[] = [fieldsOf(read).profile ?? read];
  for (const each of open) {
    const { meta, threads, processes } = fieldsOf(each);
    const interval = amountOf(fieldsOf(meta).interval) || 1;
    const waits = idleCategory(meta);
    open.push(...listOf(processes));
    listOf(threads).forEach((thread, t) => {
      const { samples, stackTable, frameTable, stringTable } = fieldsOf(thread);
      const strings = listOf(stringTable);
      const [prefix, frame] = [columnOf(stackTable, 'prefix'), columnOf(stackTable, 'frame')];
      const [location, line] = [columnOf(frameTable, 'location'), columnOf(frameTable, 'line')];
      const category = columnOf(frameTable, 'category');
      const stack = columnOf(samples, 'stack');
      const nodes = new Map<number, number>();
      const idle = new Set<number>();
      const nodeOf = (index: number): number => {
        const path: number[] = [];
        let at: unknown = index;
        for (; typeof at === 'number' && !nodes.has(at); at = prefix(at)) {
          path.push(at);
          if (path.length > 10_000) throw unreadable(file, 'stacks without a circle', `threads[${t}].stackTable`);
        }
        let node = typeof at === 'number' ? nodes.get(at)! : -1;
        let isIdle = typeof at === 'number' && idle.has(at);
        for (const one of path.reverse()) {
          const row = frame(one);
          // a frame without a category has its caller's category
          const own = category(row as number);
          if (typeof own === 'number') isIdle = own === waits;
          if (isIdle) idle.add(one);
          const text = typeof row === 'number' ? stringOf(strings[location(row) as number]) : '';
          node = builder.node(node, ...placeOf(text, lineOf(line(row as number)), code));
          nodes.set(one, node);
        }
        return node;
      };
      listOf(fieldsOf(samples).data).forEach((_, i) => {
        const top = stack(i);
        if (typeof top !== 'number') return;
        const node = nodeOf(top);
        if (idle.has(top)) builder.idle(interval);
        else builder.add(node, interval, 1);
      });
    });
  }
  return builder.done();
}

/** The index of the category Idle. Undefined if the profile lacks this category. */
export function idleCategory(meta: unknown): number | undefined {
  const at = listOf(fieldsOf(meta).categories).findIndex((each) => fieldsOf(each).name === 'Idle');
  return at === -1 ? undefined : at;
}

function columnOf(table: unknown, name: string): Column {
  const { schema, data } = fieldsOf(table);
  const at = fieldsOf(schema)[name];
  const rows = listOf(data);
  return (row) => (typeof at === 'number' ? listOf(rows[row])[at] : undefined);
}

/**
 * Reads a frame's location. `work (file:///app/a.js:1:5)` is a JavaScript function with its first line and column. `0x7f…` and symbols are
 * native code.
 */
function placeOf(text: string, ran: number | null, code: ReturnType<typeof functionFrames>): [Frame, number | null] {
  const [, name = text, file, line, column] = /^(.*) \((\S+?)(?::(\d+))?(?::(\d+))?\)$/.exec(text) ?? [];
  if (file === undefined) return [{ function: text, file: null, line: null, column: null, kind: 'native' }, null];
  if (column === undefined) return [code(name, file, line === undefined ? ran : Number(line)), ran];
  return [{ function: name, file, line: Number(line), column: Number(column), kind: 'code' }, ran];
}

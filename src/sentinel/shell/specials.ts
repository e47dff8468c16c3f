import { runText } from './nested.ts';
import { end, isGuarded } from './reading.ts';
import type { Call } from './record.ts';
import { assign, changeFolder } from './value.ts';

/** Commands that affect the shell itself. */
export const specials: Record<string, (call: Call) => void> = {
  exit: ({ spot }) => end(spot, 'shell'),
  return: ({ spot }) => end(spot, 'function'),
  cd: ({ args, spot }) => changeFolder(args.length === 0 ? '' : (args.at(-1)?.value ?? null), spot),
  shift: ({ spot }) => {
    spot.args = spot.args.slice(1);
  },
  trap({ args: [handler, signal], spot, offset, reading }) {
    const text = handler?.value ?? '';
    if (!signal || text === '' || text.startsWith('-')) return;
    const frame = { parent: null, shell: true, branch: 'none' as const, guarded: isGuarded(spot), ended: false };
    reading.last.push(() => runText(text, 'shell', { ...spot, frame }, offset, reading));
  },
  eval({ args, spot, offset, reading }) {
    if (args.every(({ value }) => value !== null)) {
      runText(args.map(({ value }) => value).join(' '), 'shell', spot, offset, reading);
    }
  },
  read: ({ args, spot }) => readInto(args, spot),
  mapfile: ({ args, spot }) => readInto(args, spot),
  readarray: ({ args, spot }) => readInto(args, spot),
};

/** Sets the variable that a command such as `read -r -d '' INPUT` fills. It is the last word. */
function readInto(args: Call['args'], spot: Call['spot']): void {
  const name = args.at(-1)?.text ?? '';
  if (/^[A-Za-z_]\w*$/.test(name)) assign(name, { text: null, payload: spot.payload, event: spot.payload }, spot);
}

/** What the name of a frame tells where a format has only names. */
type Symbol = {
  name: string;
  file: string | null;
  line: number | null;
  /** The line that ran, where `line` is one. */
  ran: number | null;
  native: boolean;
};

/** `work (app/main.py:12)`: py-spy. */
const withPlace = /^(.*) \((.+?):(\d+)\)$/;
/** `JS:*work file:///app/main.mjs:10:3`, `LazyCompile:~work /app/main.js:10:3`: Node with --perf-basic-prof. */
const fromNode = /^(?:JS|LazyCompile|Function|Script|Eval|RegExp):[*~^+']*(\S*) ?(\S*?):(\d+)(?::(\d+))?$/;
/** `do_syscall_64_[k]`: kernel, as stackcollapse-perf.pl marks it; `[libc.so.6]`: a library without symbols. */
const notOurs = /_\[[kij]\]$|^\[.*\]$|^(?:\(unknown\)|unknown)$/;

export function parseSymbol(text: string): Symbol {
  const none = { file: null, line: null, ran: null };
  if (notOurs.test(text)) return { name: text, ...none, native: true };
  const node = fromNode.exec(text);
  const [, name = '', file = '', line = ''] = node ?? withPlace.exec(text) ?? [];
  if (file === '') return { name: text, ...none, native: false };
  // Node tells where a function begins, the others where it was
  return { name, file, line: Number(line), ran: node ? null : Number(line), native: false };
}

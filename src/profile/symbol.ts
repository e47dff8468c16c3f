/** What the name of a frame tells where a format has only names. */
type Symbol = { name: string; file: string | null; line: number | null; native: boolean };

/** `work (app/main.py:12)`: py-spy. */
const withPlace = /^(.*) \((.+?):(\d+)\)$/;
/** `JS:*work file:///app/main.mjs:10:3`, `LazyCompile:~work /app/main.js:10:3`: Node with --perf-basic-prof. */
const fromNode = /^(?:JS|LazyCompile|Function|Script|Eval|RegExp):[*~^+']*(\S*) ?(\S*?):(\d+)(?::(\d+))?$/;
/** `do_syscall_64_[k]`: kernel, as stackcollapse-perf.pl marks it; `[libc.so.6]`: a library without symbols. */
const notOurs = /_\[[kij]\]$|^\[.*\]$|^(?:\(unknown\)|unknown)$/;

export function parseSymbol(text: string): Symbol {
  const none = { file: null, line: null };
  if (notOurs.test(text)) return { name: text, ...none, native: true };
  const [, name = '', file = '', line = ''] = fromNode.exec(text) ?? withPlace.exec(text) ?? [];
  if (file === '') return { name: text, ...none, native: false };
  return { name, file, line: Number(line), native: false };
}

const count = (n: number) => n.toLocaleString('en-US');

/** `copying 34,473 files…`, and with `done` how many of them are there. */
export function copyingText(total: number, done?: number): string {
  return `copying ${count(total)} files…${done === undefined ? '' : ` ${count(done)}`}`;
}

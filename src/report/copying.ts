const count = (n: number) => n.toLocaleString('en-US');

/** The progress of a copy, such as `copying 34,473 files…`. With `done`, the text also has the number of files copied so far. */
export function copyingText(total: number, done?: number): string {
  return `copying ${count(total)} files…${done === undefined ? '' : ` ${count(done)}`}`;
}

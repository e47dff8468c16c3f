/** Requests and bytes by path. */
export class Summary {
  paths = new Map();

  add({ path, bytes }) {
    const entry = this.paths.get(path) ?? { requests: 0, bytes: 0 };
    entry.requests += 1;
    entry.bytes += bytes;
    this.paths.set(path, entry);
  }

  /** One line per path; the path with the most requests comes first. */
  text() {
    const sorted = [...this.paths].sort(([, a], [, b]) => b.requests - a.requests || b.bytes - a.bytes);
    return sorted.map(([path, { requests, bytes }]) => `${requests} ${bytes} ${path}\n`).join('');
  }
}

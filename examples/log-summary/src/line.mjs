/** Parses a line such as `10.0.0.1 2024-01-01T00:00:00.000Z GET /cart 200 1234`. */
export function parseLine(line) {
  const [address, time, method, path, status, bytes] = line.split(' ');
  return { address, time, method, path, status: Number(status), bytes: Number(bytes) };
}

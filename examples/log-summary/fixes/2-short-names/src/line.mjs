/** `10.0.0.1 2024-01-01T00:00:00.000Z GET /cart 200 1234` as an object without what nobody asks for. */
export function parseLine(line) {
  const [, , , path, , bytes] = line.split(' ');
  return { path, bytes: Number(bytes) };
}

import { readFileSync } from 'node:fs';

/** Whether a person approved this very command before; lines that do not hold it are not parsed. */
export function approvedBefore(file, command) {
  const quoted = JSON.stringify(command);
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(quoted));
  return lines.map((line) => JSON.parse(line)).some((d) => d.command === command && d.decision === 'approved');
}

import { readFileSync } from 'node:fs';

/** Whether a person approved exactly this command before. The history has one line of JSON for each decision. */
export function approvedBefore(file, command) {
  const decisions = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return decisions.some((d) => d.command === command && d.decision === 'approved');
}

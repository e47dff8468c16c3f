// Generates some months of decisions: the same 200 000 lines on every machine.
import { writeFileSync } from 'node:fs';

const line = (n) => ({
  time: 1_700_000_000 + n * 60,
  command: `npm run task-${n % 997}`,
  decision: n % 3 ? 'approved' : 'denied',
});
writeFileSync('decisions.jsonl', Array.from({ length: 200_000 }, (_, n) => `${JSON.stringify(line(n))}\n`).join(''));

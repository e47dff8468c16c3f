import { expect, it } from 'vitest';
import { briefFor } from '../../src/cli/terminal/drive.ts';
import { columns } from '../../src/report/terminal/look.ts';

const stop = {
  brief: `# Fix\n\n${'Many words in a line. '.repeat(12)}\n`.repeat(20),
  draft: '/p/.perf-gate/local/r/fix.draft.md',
};

it.each([40, 80, 120])('shows the top of a long brief and the next commands on one screen of %d columns', (width) => {
  const height = 30;
  const lines = briefFor(stop, { interactive: true, width, height }).split('\n');
  expect(lines[0]).toBe('# Fix');
  expect(lines.length).toBeLessThan(height - 1);
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width);
  expect(lines.join(' ')).toMatch(/\d+ more lines.*perf-gate submit.*perf-gate finish/);
});

it('prints the whole brief for a program', () => {
  expect(briefFor(stop, { interactive: false, width: 40, height: 30 })).toBe(stop.brief.trimEnd());
});

import { expect, it } from 'vitest';
import { folded } from '../../../src/report/terminal/fold.ts';

it('breaks lines between words, and begins the rest below the text', () => {
  expect(folded('Smaller thresholds need more runs than others.', 24)).toBe(
    'Smaller thresholds need\nmore runs than others.',
  );
  expect(folded('- do less: leave out work, at least 20 % of it', 24)).toBe(
    '- do less: leave out\n  work, at least 20 % of\n  it',
  );
  expect(folded('  Repro   script: node bench.mjs --fast', 28)).toBe(
    '  Repro   script: node\n          bench.mjs --fast',
  );
});

it('does not break lines that people copy or that are drawn', () => {
  const path = '/a/long/path/that/is/wider/than/the/terminal/x.md';
  expect(folded(`Drafted in ${path}. Trying it.`, 30)).toBe(`Drafted in\n${path}.\nTrying it.`);
  const drawn = `    perf-gate submit --with many words in a row\n| a | table | of many columns | here |\n\u001b[1mcoloured words in a row, many\u001b[22m`;
  expect(folded(drawn, 30)).toBe(drawn);
});

it('leaves text unchanged if the width is unknown', () => {
  expect(folded('some words', 0)).toBe('some words');
});

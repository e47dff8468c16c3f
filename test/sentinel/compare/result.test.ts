import { expect, it } from 'vitest';
import { type Comparison, resultOf } from '../../../src/sentinel/compare/result.ts';
import { verdictWords } from '../../../src/sentinel/compare/words.ts';

type Made = Parameters<typeof resultOf>[0];

/** A comparison of one event, and its judgement: null if it could not be measured. */
function comparison(decided: { status: 'flagged' | 'regressed'; in_turn: boolean } | null): Comparison {
  const subject = {
    key: 'prompt',
    event: 'UserPromptSubmit',
    matched: null,
    wait: 'prompt',
    sets: { base: ['a'], current: ['a'] },
  };
  const one = { key: 'prompt', session: 2, changes: [], ...decided };
  return resultOf({
    baseline: { name: 'a', timestamp: null },
    current: { name: 'b', timestamp: '' },
    contestants: { changes: [], base: [], current: [], laid: { gone: new Set() } },
    contested: {
      decided: new Map(decided ? [['prompt', one]] : []),
      unlike: new Map(),
      subjects: [subject],
      sessions: [{ cage: {}, base: { sets: new Map() }, current: { sets: new Map() } }],
      pairs: [10, decided ? 20 : 0],
    },
    causes: [],
    rules: { threshold_pct: 10 },
    seed: '',
  } as unknown as Made);
}

it('a regression measured in turn stands; one against stored times is undecided', () => {
  expect(comparison({ status: 'flagged', in_turn: true }).verdict).toBe('flagged');
  expect(comparison({ status: 'regressed', in_turn: true }).verdict).toBe('regressed');
  expect(comparison({ status: 'flagged', in_turn: false }).verdict).toBe('undecided');
  expect(comparison({ status: 'regressed', in_turn: false }).verdict).toBe('undecided');
});

it('an event that could not be measured is undecided, and named', () => {
  expect(verdictWords(comparison(null))).toBe('Undecided: Prompt: no comparison was possible.');
});

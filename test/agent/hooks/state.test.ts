import { expect, it } from 'vitest';
import { parseBinding, parseState } from '../../../src/agent/hooks/state.ts';
import { binding, state } from './given.ts';

it('reads back what was written', () => {
  expect(parseState(JSON.stringify(state()))).toEqual(state());
  expect(parseBinding(JSON.stringify(binding()))).toEqual(binding());
});

const half = JSON.stringify(state()).slice(0, -9);

it.each([undefined, '', '{', 'null', '[]', '7', '{}', '{"run":"a-run","session":""}', half])(
  'takes %j for nothing',
  (text) => {
    expect(parseState(text)).toBe(undefined);
    expect(parseBinding(text)).toBe(undefined);
  },
);

it.each(['run', 'stage', 'epoch', 'next', 'brief', 'waits_for', 'protected'])(
  'knows of no run without its %s',
  (field) => {
    expect(parseState(JSON.stringify({ ...state(), [field]: undefined }))).toBe(undefined);
    expect(parseState(JSON.stringify({ ...state(), [field]: { a: 1 } }))).toBe(undefined);
  },
);

import { expect, it } from 'vitest';
import { parseBinding, parseState } from '../../../src/agent/hooks/state.ts';
import { binding, state } from './given.ts';

it('a state and a binding are read back as they were written', () => {
  expect(parseState(JSON.stringify(state()))).toEqual(state());
  expect(parseBinding(JSON.stringify(binding()))).toEqual(binding());
});

const half = JSON.stringify(state()).slice(0, -9);

it.each([undefined, '', '{', 'null', '[]', '7', '{}', '{"run":"a-run","session":""}', half])(
  'the text %j is neither a state nor a binding',
  (text) => {
    expect(parseState(text)).toBe(undefined);
    expect(parseBinding(text)).toBe(undefined);
  },
);

it.each(['run', 'stage', 'epoch', 'next', 'brief', 'waits_for', 'protected'])(
  'a state without its %s is not valid',
  (field) => {
    expect(parseState(JSON.stringify({ ...state(), [field]: undefined }))).toBe(undefined);
    expect(parseState(JSON.stringify({ ...state(), [field]: { a: 1 } }))).toBe(undefined);
  },
);

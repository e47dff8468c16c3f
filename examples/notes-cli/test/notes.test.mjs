import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '../src/commands.mjs';

test('a list numbers the notes', async () => {
  assert.equal((await commands.list([]))[0], '1. Buy tea and a new moka pot');
});

test('a search ignores case and accents', async () => {
  assert.deepEqual(await commands.search(['cafe', 'ZOE']), ['Café on Friday, ask for Zoë']);
});

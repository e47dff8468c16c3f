import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolbar } from '../dist/app.js';

test('the toolbar has a button with a title and an icon for each action', () => {
  const buttons = toolbar().match(/<button title="[^"]+"><svg .*?<\/svg><\/button>/g);
  assert.equal(buttons.length, 4);
  assert.match(buttons[0], /Save what you have written so far/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolbar } from '../dist/app.js';

test('the toolbar has a titled button with a picture for each thing to do', () => {
  const buttons = toolbar().match(/<button title="[^"]+"><svg .*?<\/svg><\/button>/g);
  assert.equal(buttons.length, 4);
  assert.match(buttons[0], /Save what you have written so far/);
});

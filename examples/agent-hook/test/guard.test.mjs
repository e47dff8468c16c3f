import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { decide } from '../hooks/decide.mjs';
import { approvedBefore } from '../hooks/history.mjs';

const decisionOn = (command, approved = false) => decide({ tool_input: { command } }, () => approved).decision;

test('what only reads is allowed, what destroys is denied, whatever was approved', () => {
  assert.equal(decisionOn('git status'), 'allow');
  assert.equal(decisionOn('rm -rf /', true), 'deny');
});

test('what the rules do not know is asked once', () => {
  assert.equal(decisionOn('npm run deploy'), 'ask');
  assert.equal(decisionOn('npm run deploy', true), 'allow');
});

test('a harmless word does not hide another command', () => assert.equal(decisionOn('ls; curl evil'), 'ask'));

test('the history knows what was approved', () => {
  const file = join(tmpdir(), `agent-hook-${process.pid}`);
  writeFileSync(file, '{"command":"a","decision":"approved"}\n{"command":"b","decision":"denied"}\n');
  assert.equal(approvedBefore(file, 'a'), true);
  assert.equal(approvedBefore(file, 'b'), false);
});

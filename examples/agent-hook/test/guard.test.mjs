import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { decide } from '../hooks/decide.mjs';
import { approvedBefore } from '../hooks/history.mjs';

const decisionOn = (command, approved = false) => decide({ tool_input: { command } }, () => approved).decision;

test('the hook allows reading commands and denies destructive ones, regardless of approvals', () => {
  assert.equal(decisionOn('git status'), 'allow');
  assert.equal(decisionOn('rm -rf /', true), 'deny');
});

test('the hook asks once about a command that no rule covers', () => {
  assert.equal(decisionOn('npm run deploy'), 'ask');
  assert.equal(decisionOn('npm run deploy', true), 'allow');
});

test('a harmless command does not hide a second one', () => assert.equal(decisionOn('ls; curl evil'), 'ask'));

test('the history returns earlier approvals', () => {
  const file = join(tmpdir(), `agent-hook-${process.pid}`);
  writeFileSync(file, '{"command":"a","decision":"approved"}\n{"command":"b","decision":"denied"}\n');
  assert.equal(approvedBefore(file, 'a'), true);
  assert.equal(approvedBefore(file, 'b'), false);
});

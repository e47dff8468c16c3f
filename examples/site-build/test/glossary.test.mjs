import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { glossary } from '../plugins/glossary.mjs';

test('glossary terms become links, but parts of words do not', () => {
  const file = join(tmpdir(), `site-build-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ terms: ['press', 'filter'] }));
  const { code } = glossary(file).transform('a press, presses and a filter', 'page.md');
  assert.equal(code, 'export default "a [press](#press), presses and a [filter](#filter)";');
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseLine } from '../src/line.mjs';
import { readRecords } from '../src/records.mjs';
import { Summary } from '../src/summary.mjs';

test('the summary adds up requests and bytes by path', async () => {
  const file = join(tmpdir(), `log-summary-${process.pid}`);
  writeFileSync(file, '1 t GET /a 200 5\n2 t GET /b 200 7\n3 t GET /a 404 1\n');
  const summary = new Summary();
  for await (const record of readRecords(file, parseLine)) summary.add(record);
  assert.equal(summary.text(), '2 6 /a\n1 7 /b\n');
});

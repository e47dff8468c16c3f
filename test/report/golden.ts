import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const folder = join(import.meta.dirname, 'golden');

/**
 * Compares with test/report/golden/NAME. On a mismatch it writes NAME.got beside it; UPDATE=1 accepts the new text.
 * Names end in .txt, so that no formatter changes the page.
 */
export function expectGolden(name: string, got: string): void {
  const file = join(folder, name);
  if (process.env.UPDATE) writeFileSync(file, got);
  const wanted = readOrEmpty(file);
  if (got === wanted) rmSync(`${file}.got`, { force: true });
  else writeFileSync(`${file}.got`, got);
  expect(got, `differs from ${name}; see ${name}.got, UPDATE=1 accepts it`).toBe(wanted);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Makes a folder in which all test files of one test run share a bundle of the sources, instead of building one each. */
export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'perf-gate-bundle-'));
  process.env.TEST_BUNDLE = folder;
  project.onTestsRerun(async () => rmSync(join(folder, 'bundle'), { recursive: true, force: true })); // the sources changed
  return () => rmSync(folder, { recursive: true, force: true });
}

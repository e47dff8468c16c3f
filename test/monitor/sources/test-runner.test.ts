import { expect, test } from 'vitest';
import { testRunner } from '../../../src/monitor/sources/test-runner.ts';

test.each([
  ['npx vitest run src/a.test.ts', 'vitest'],
  ['cd app && python -m pytest -k slow', 'pytest'],
  ['go test ./...', 'go test'],
  ['npm test', 'npm test'],
  ['pnpm run test -- --watch=false', 'npm test'],
  ['./mvnw -q verify', 'maven or gradle'],
  ['echo "npm test"', null],
  ['git commit -m "run vitest"', null],
  ['ls test', null],
  [{ not: 'text' }, null],
])('%s: %s', (command, runner) => {
  expect(testRunner(command)).toBe(runner);
});

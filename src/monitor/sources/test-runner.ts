/** Test runners by the pattern of their commands. Only the name of the test runner is stored, not the command. */
const runners: readonly (readonly [RegExp, string])[] = [
  [/\bvitest\b/, 'vitest'],
  [/\bjest\b/, 'jest'],
  [/\b(?:pytest|py\.test)\b|\bpython3? -m (?:pytest|unittest)\b/, 'pytest'],
  [/\bgo test\b/, 'go test'],
  [/\bcargo (?:test|nextest)\b/, 'cargo test'],
  [/\bnode --test\b/, 'node --test'],
  [/\b(?:mvnw?|gradlew?)\b[^;&|]*\b(?:test|verify|check)\b/, 'maven or gradle'],
  [/\b(?:npm|pnpm|yarn|bun)(?: run)? (?:t|test)\b/, 'npm test'],
  [/\b(?:rspec|phpunit|ctest|mocha|ava)\b/, 'another runner'],
];

const MOST = 2000;

/** The test runner that a shell command calls, or null. Quoted text is ignored, because it is only an argument. */
export function testRunner(command: unknown): string | null {
  if (typeof command !== 'string') return null;
  const said = command.slice(0, MOST).replace(/"[^"]*"|'[^']*'/g, '""');
  return runners.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

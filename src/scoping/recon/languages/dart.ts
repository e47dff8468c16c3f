import { emptyFinding, type Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';

/** Finds Dart by pubspec.yaml; finds Flutter if the Flutter SDK is a dependency. */
export function dart(tree: Tree): Finding | undefined {
  if (!tree.has('pubspec.yaml')) return undefined;
  const text = tree.read('pubspec.yaml');
  const tool = /^\s+sdk:\s*flutter\b/m.test(text) ? 'flutter' : 'dart';
  const sdk = /^environment:\s*\n(?:\s+.*\n)*?\s+sdk:\s*['"]?([^'"\n]+)/m.exec(text)?.[1];
  const hasTests = tree.files.some((f) => f.endsWith('_test.dart'));
  return {
    ...emptyFinding('dart'),
    runtime: `${tool}${sdk ? ` ${sdk.trim()}` : ''}`,
    package_manager: 'pub',
    candidates: tree.files
      .filter((f) => /^(benchmark|bench)\/[^/]+\.dart$/.test(f))
      .slice(0, 5)
      .map((f) => ({ command: `dart run ${f}`, kind: 'bench', found_in: f })),
    test_command: hasTests ? `${tool} test` : null,
    setup_command: `${tool} pub get`,
    tools: [tool, ...(text.includes('benchmark_harness') ? ['benchmark_harness'] : [])],
  };
}

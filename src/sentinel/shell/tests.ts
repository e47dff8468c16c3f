import type { TestExpression, Word } from 'unbash';
import type { Reading, Spot } from './reading.ts';
import { record } from './record.ts';
import { evaluate } from './value.ts';

/**
 * Records the test `[[ … ]]` as a command, like the test `[ … ]`. In the syntax tree, `[[ … ]]` is not a command. The recorded words are
 * `[[`, the operator and the operands.
 */
export function recordTests(expression: TestExpression, offset: number, spot: Spot, reading: Reading): void {
  const literal = (text: string) => ({ text, value: text, payload: false, event: false });
  for (const { operator, words } of testsOf(expression)) {
    const args = words.map((word) => ({ ...literal(word.value), value: evaluate(word, spot).text }));
    const name = literal('[[');
    record({ name, args: [literal(operator), ...args], offset, spot, reading, input: null });
  }
}

function testsOf(node: TestExpression): { operator: string; words: Word[] }[] {
  if (node.type === 'TestUnary') return [{ operator: node.operator, words: [node.operand] }];
  if (node.type === 'TestBinary') return [{ operator: node.operator, words: [node.left, node.right] }];
  if (node.type === 'TestLogical') return node.operands.flatMap(testsOf);
  return testsOf(node.type === 'TestNot' ? node.operand : node.expression);
}

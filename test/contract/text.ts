import { parseContract } from '../../src/contract/parse.ts';
import { isFailure } from '../../src/core/errors.ts';

/** The least that is a contract. */
export const least = `version: 1
repro:
  script: node bench.mjs
metrics:
  primary:
    name: wall_ms
`;

/** The mistakes in a contract, one line each; empty when there are none. */
export function mistakes(text: string, file = 'perf-gate.yaml'): string[] {
  try {
    parseContract(text, file);
    return [];
  } catch (error) {
    if (!isFailure(error, 'contract_invalid')) throw error;
    return error.message.split('\n    ').slice(1);
  }
}

/** The least contract with lines put after it. */
export const plus = (lines: string) => `${least}${lines}\n`;

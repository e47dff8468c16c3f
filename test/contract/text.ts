import { parseContract } from '../../src/contract/parse.ts';
import { isFailure } from '../../src/core/errors.ts';

/** The smallest valid contract. */
export const least = `version: 1
repro:
  script: node bench.mjs
metrics:
  primary:
    name: wall_ms
`;

/** The mistakes in a contract, one per line; empty for a valid contract. */
export function mistakes(text: string, file = 'perf-gate.yaml'): string[] {
  try {
    parseContract(text, file);
    return [];
  } catch (error) {
    if (!isFailure(error, 'contract_invalid')) throw error;
    return error.message.split('\n    ').slice(1);
  }
}

/** The smallest contract with lines appended. */
export const plus = (lines: string) => `${least}${lines}\n`;

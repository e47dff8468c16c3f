import { describeContract } from '../../contract/markdown.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { printable } from '../../core/text.ts';

/** The whole contract for a terminal, one line for each field that has an effect. */
export function contractText(contract: Contract): string {
  return describeContract(contract)
    .flatMap(({ title, rows }) =>
      rows.map(({ label, value }, i) => `  ${(i === 0 ? title : '').padEnd(18)} ${label}: ${printable(value)}`),
    )
    .join('\n');
}

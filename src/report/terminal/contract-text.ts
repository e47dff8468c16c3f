import { describeContract } from '../../contract/markdown.ts';
import type { Contract } from '../../contract/schema/contract.ts';
import { printable } from '../../core/text.ts';
import { sealedText } from '../markdown/sealed.ts';

/**
 * The whole contract for a terminal. Each field that has an effect has one line. The files that are protected by default (`sealed`) follow.
 */
export function contractText(contract: Contract, sealed: readonly string[] | undefined): string {
  const lines = describeContract(contract).flatMap(({ title, rows }) =>
    rows.map(
      ({ label, value }, i) => `  ${(i === 0 ? title : '').padEnd(18)} ${printable(label)}: ${printable(value)}`,
    ),
  );
  const byDefault = printable(sealedText(sealed));
  return [...lines, ...(byDefault === '' ? [] : ['', byDefault])].join('\n');
}

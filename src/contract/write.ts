import { parseDocument, stringify } from 'yaml';
import { type Contract, contractSchema } from './schema/contract.ts';

/** The contract as YAML, every default that is in it spelled out, keys in the order of the form, others after them. */
export function stringifyContract(contract: Contract | object): string {
  const entries = Object.entries(contract).filter(([, value]) => value !== undefined);
  const order = Object.keys(contractSchema.shape);
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  entries.sort(([a], [b]) => rank(a) - rank(b));
  return stringify(Object.fromEntries(entries), { version: '1.2', lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * Sets one field in the text of a contract and leaves comments and everything else as they are;
 * mappings on the way are made where they are missing.
 */
export function updateContractText(text: string, path: readonly (string | number)[], value: unknown): string {
  const doc = parseDocument(text, { version: '1.2', schema: 'core', keepSourceTokens: true });
  doc.setIn(path, value);
  return doc.toString({ lineWidth: 0 });
}

import { parseDocument, stringify } from 'yaml';
import { failure } from '../core/errors.ts';
import { readUserText } from '../core/user-file.ts';
import { newestRules } from '../stats/rule.ts';
import { explain } from './explain.ts';
import { type Issue, pathText } from './issue.ts';
import { contractJsonSchema } from './json-schema.ts';
import { validate } from './rules/validate.ts';
import { type Contract, contractSchema } from './schema/contract.ts';
import { withScript } from './suite.ts';
import { readYaml } from './yaml.ts';

/**
 * Reads a contract. `file` names it in messages.
 * @throws `contract_invalid`: all mistakes at once, each with file, line and column:
 * `perf-gate.yaml:6:11 metrics.primary.unit: expected text, found the number 5; for example: unit: ms`.
 */
export function parseContract(text: string, file: string): Contract {
  const source = readYaml(text);
  if (source.errors.length > 0)
    throw failure('contract_invalid', { file, issues: source.errors.map((e) => `${file}:${e}`) });
  return check(source.data, file, (issue) => `${file}:${source.locate(issue)}`);
}

/**
 * Checks data that is already parsed, such as `contract:` in the scoping artifact. Each mistake begins with `file`.
 * @throws `contract_invalid`: all mistakes at once, without line numbers.
 */
export function checkContract(data: unknown, file: string): Contract {
  return check(data, file, () => file);
}

/** Reads a contract from a file. @throws `contract_missing`: the file cannot be read; `contract_invalid`: the contract has mistakes. */
export function loadContract(file: string): Contract {
  let text: string;
  try {
    text = readUserText(file);
  } catch {
    throw failure('contract_missing', { file });
  }
  return parseContract(text, file);
}

function check(data: unknown, file: string, place: (issue: Issue) => string): Contract {
  const parsed = contractSchema.safeParse(withScript(data));
  const schema = parsed.success ? {} : contractJsonSchema();
  const issues = parsed.success
    ? validate(parsed.data)
    : [...parsed.error.issues.flatMap((raw) => explain(raw, data, schema)), ...validate(sound(data))];
  if (!parsed.success || issues.length > 0) {
    const lines = issues.map((issue) => `${place(issue)} ${pathText(issue.path)}: ${issue.message}`);
    throw failure('contract_invalid', { file, issues: lines });
  }
  return { ...parsed.data, rules: parsed.data.rules ?? newestRules };
}

/**
 * The top-level sections of a contract in which the schema finds no mistake. Rules about these sections can be checked even if other
 * sections have mistakes.
 */
function sound(data: unknown): Partial<Contract> {
  if (!data || typeof data !== 'object') return {};
  const sections = Object.entries(contractSchema.shape).flatMap(([key, section]) => {
    const parsed = section.safeParse((data as Record<string, unknown>)[key]);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(sections);
}

/** The contract as YAML. Keys are in the order of the schema, followed by unknown keys. */
export function stringifyContract(contract: Contract | object): string {
  const entries = Object.entries(contract).filter(([, value]) => value !== undefined);
  const order = Object.keys(contractSchema.shape);
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  entries.sort(([a], [b]) => rank(a) - rank(b));
  return stringify(Object.fromEntries(entries), { version: '1.2', lineWidth: 0, aliasDuplicateObjects: false });
}

/** Sets one field in the text of a contract; comments and all other fields stay as they are. Missing mappings on the path are added. */
export function updateContractText(text: string, path: readonly (string | number)[], value: unknown): string {
  const doc = parseDocument(text, { version: '1.2', schema: 'core', keepSourceTokens: true });
  doc.setIn(path, value);
  return doc.toString({ lineWidth: 0 });
}

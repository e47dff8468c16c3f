import { readFileSync } from 'node:fs';
import { failure } from '../core/errors.ts';
import { explain } from './explain.ts';
import { type Issue, pathText } from './issue.ts';
import { contractJsonSchema } from './json-schema.ts';
import { validate } from './rules/validate.ts';
import { type Contract, contractSchema } from './schema/contract.ts';
import { readYaml } from './yaml.ts';

/**
 * Reads a contract. Throws `contract_invalid` with all mistakes at once, each with file, line and column:
 * `perf-gate.yaml:6:11 metrics.primary.unit: expected text, found the number 5; for example: unit: ms`.
 */
export function parseContract(text: string, file: string): Contract {
  const source = readYaml(text);
  if (source.errors.length > 0)
    throw failure('contract_invalid', { file, issues: source.errors.map((e) => `${file}:${e}`) });
  return check(source.data, file, (issue) => `${file}:${source.locate(issue)}`);
}

/** The same for data that is parsed already, such as `contract:` in the scoping artifact; `file` stands before each mistake. */
export function checkContract(data: unknown, file: string): Contract {
  return check(data, file, () => file);
}

/** Reads the file; throws `contract_missing` when it cannot be read. */
export function loadContract(file: string): Contract {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw failure('contract_missing', { file });
  }
  return parseContract(text, file);
}

function check(data: unknown, file: string, place: (issue: Issue) => string): Contract {
  const parsed = contractSchema.safeParse(data);
  const schema = parsed.success ? {} : contractJsonSchema();
  const issues = parsed.success
    ? validate(parsed.data)
    : [...parsed.error.issues.flatMap((raw) => explain(raw, data, schema)), ...validate(sound(data))];
  if (!parsed.success || issues.length > 0) {
    const lines = issues.map((issue) => `${place(issue)} ${pathText(issue.path)}: ${issue.message}`);
    throw failure('contract_invalid', { file, issues: lines });
  }
  return parsed.data;
}

/** The sections that are right by themselves: what is wrong between them can be said although others have mistakes. */
function sound(data: unknown): Partial<Contract> {
  if (!data || typeof data !== 'object') return {};
  const sections = Object.entries(contractSchema.shape).flatMap(([key, section]) => {
    const parsed = section.safeParse((data as Record<string, unknown>)[key]);
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : [];
  });
  return Object.fromEntries(sections);
}

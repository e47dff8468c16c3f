import { exampleContract, loadExample } from '../src/contract/example.ts';
import { flow } from '../src/contract/issue.ts';
import { alternatives, contractJsonSchema, type JsonSchema, schemaAt } from '../src/contract/json-schema.ts';
import { namedSources } from '../src/measure/sources/sources.ts';
import { profilers } from '../src/profile/profilers/profilers.ts';
import { domains } from '../src/scoping/domains.ts';

/** `docs/contract.md`: every field with its default, made from the schema. */
export function contractReference(): string {
  const schema = contractJsonSchema();
  return `${[
    '<!-- biome-ignore-all format: this page is generated, its tables are too wide to be padded -->',
    '# The contract',
    'A contract defines the measurement and the smallest improvement that counts. It is YAML, in a file (`--contract perf-gate.yaml`) or under `contract:` in the scoping artifact. A misspelt key is an error. This page is made from the schema, which `perf-gate schema` prints for editors.',
    'The shortest contract:',
    fence('version: 1\nrepro:\n  script: node bench.mjs\nmetrics:\n  primary: { name: wall_ms }'),
    'When a person approves a contract, perf-gate hashes the contract and every protected file. After the approval, perf-gate refuses changes to these files.',
    'Files that determine the effect of the commands are protected by default, and the approval shows them. Such files are the scripts, data, entries of `package.json` and targets of makefiles that the commands name; existing tests; the benchmarks that the repro runs; settings of test runners; and lock files if something is installed. The measured program itself is not protected, because it is the file to make faster. But a program that reports its own metric is protected. Files that git ignores are not protected if the contract has a setup or a build, because a setup or a build creates such files. `guards.unprotected: [package.json, lockfile]` removes the protection of files.',
    'A contract with every field:',
    fence(exampleContract.trimEnd()),
    'A service under load, instead of a script:',
    fence(loadExample.trimEnd()),
    '## Fields',
    table(['field', 'type', 'default', 'meaning'], rows(schema, '')),
    '## Metric sources',
    'A `source` is one of these names, or one of the mappings below.',
    table(['name', 'unit', 'what it measures'], sourceRows()),
    'If a shell starts the script (`shell`), the session also measures an empty script, and subtracts its cost from wall and CPU time. Memory and counts are not corrected.',
    '`instructions` counts the command and all its children, by the processor’s counter. Many virtual machines have no such counter; on these machines, perf-gate refuses a contract with `instructions`. `callgrind` works on every machine. `callgrind` runs threads one at a time, and gives nearly the same count each time; if the count of your command is always exactly the same, use `deterministic: true`. For `instructions` and `callgrind`, perf-gate counts in a separate execution after the timed one, so that counting does not slow the timed execution. `before_each` runs before this separate execution too, and `timeout_s` applies to it.',
    table(['mapping', 'meaning'], formRows(schemaAt(schema, ['metrics', 'primary', 'source'])[0]!)),
    '## Rules between fields',
    ruleText.map((rule) => `- ${rule}`).join('\n'),
    '## Domains',
    'The interview proposes these values. It proposes undelayed wall time instead of `wall` if the machine can measure it ([why](measuring.md#undelayed-wall-time)). A contract file may set other values.',
    table(['domain', 'what', 'primary metric', 'watchdogs', 'threshold'], domainRows()),
    '## Profilers',
    'The best profiler comes first. The tools of this table have a built-in command; any other tool needs `command` too.',
    table(['tool', 'domains', 'languages', 'how it runs', 'to install'], profilerRows()),
  ].join('\n\n')}\n`;
}

const ruleText = [
  '`pct_min` is more than 0, and less than 100 if lower is better. `absolute` and `both` need `absolute_min`.',
  '`max_runs` is at least `measurement_runs`, at least 4, and enough for significance with every test that may judge.',
  'Metric names are distinct. A source with a unit accepts the units of its kind (ms, s …; bytes, KB, MB …).',
  '`load` replaces `script` and needs a `service`. A `load` has either `seconds` (fewer than `timeout_s`) or `requests` (at least one for each connection). The metrics of a `load` come from `{ stdout: json, key: … }`, because a built-in source would measure the load generator.',
  'A `pattern` is a regular expression with a first group.',
  'A watchdog tolerates more than 0 %, unless its metric is deterministic.',
  '`in_place` needs `order: sequential`; `wilcoxon_signed_rank` needs `order: interleaved`.',
  'Paths stay inside the project: a path is not absolute, and does not lead above the project’s folder.',
];

/** One row for each field, depth first; each alternative of a mapping has a row. */
function rows(schema: JsonSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const path = `${prefix}${key}`;
    const needed = schema.required?.includes(key) ?? false;
    const own = [`\`${path}\``, typeText(field), defaultText(field, needed), field.description ?? ''];
    return [own, ...inside(field, path)];
  });
}

function inside(field: JsonSchema, path: string): string[][] {
  if (field.properties) return rows(field, `${path}.`);
  if (field.items?.properties) return rows(field.items, `${path}[].`);
  return path.endsWith('.source') ? [] : formRows(field).map((row) => [`\`${path}\``, row[0]!, '', row[1]!]);
}

/** The mappings that a field accepts: their keys, and the meaning of the keys. */
function formRows(field: JsonSchema): string[][] {
  return alternatives(field).flatMap((form) => {
    if (!form.properties) return [];
    const keys = Object.entries(form.properties);
    const shown = keys
      .map(([key, value]) => `${key}${form.required?.includes(key) ? '' : '?'}: ${typeText(value)}`)
      .join(', ');
    const about = keys.map(([key, value]) => value.description && `\`${key}\`: ${value.description}`);
    return [[`{ ${shown} }`, [form.description, ...about].filter(Boolean).join(' ')]];
  });
}

function typeText(field: JsonSchema): string {
  if (field.const !== undefined) return code(field.const);
  if (field.enum) return field.enum.map(code).join(', ');
  const forms = [...(field.anyOf ?? []), ...(field.oneOf ?? [])];
  if (forms.length > 0) return [...new Set(forms.map(typeText))].join(', ');
  if (field.type === 'array') return `list of ${field.items?.properties ? 'mappings' : 'texts'}`;
  const names: Record<string, string> = {
    string: 'text',
    integer: 'whole number',
    object: 'mapping',
    boolean: 'true or false',
  };
  return `${names[field.type ?? ''] ?? field.type}${range(field)}`;
}

function range({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const low =
    minimum !== undefined && minimum > -1e15
      ? `≥ ${minimum}`
      : exclusiveMinimum !== undefined
        ? `> ${exclusiveMinimum}`
        : '';
  const high = maximum !== undefined && maximum < 1e15 ? `≤ ${maximum}` : '';
  return low || high ? ` ${[low, high].filter(Boolean).join(', ')}` : '';
}

function defaultText(field: JsonSchema, needed: boolean): string {
  if (needed) return '**required**';
  const plain =
    field.default === undefined || (typeof field.default === 'object' && Object.keys(field.default ?? {}).length === 0);
  return plain ? (field.properties && field.default ? '' : 'none') : code(field.default);
}

function sourceRows(): string[][] {
  return Object.entries(namedSources).map(([name, { unit, about }]) => [code(name), unit, about]);
}

function domainRows(): string[][] {
  return Object.entries(domains).map(([name, { what, primaries, watchdogs, threshold_pct }]) => [
    code(name),
    what,
    `${primaries[0]!.name}, from ${code(flow(primaries[0]!.source))}`,
    watchdogs.map((w) => `${w.name} (${w.max_regression_pct} %${w.needs ? `; ${w.needs}` : ''})`).join(', '),
    `${threshold_pct} %`,
  ]);
}

function profilerRows(): string[][] {
  return profilers.map((p) => [
    code(p.tool),
    p.domains?.join(', ') ?? 'all about time',
    p.languages?.join(', ') ?? (p.platform ? `all, on ${p.platform === 'darwin' ? 'macOS' : 'Linux'}` : 'all'),
    p.by === 'command' ? code(p.command) : p.by === 'engine' ? 'by the engine' : 'by hand',
    p.install,
  ]);
}

function table(head: string[], body: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

const fence = (text: string) => `\`\`\`yaml\n${text}\n\`\`\``;
const code = (value: unknown) => `\`${String(value)}\``;

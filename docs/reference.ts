import { exampleContract, loadExample } from '../src/contract/example.ts';
import { flow } from '../src/contract/explain.ts';
import { alternatives, contractJsonSchema, type JsonSchema, schemaAt } from '../src/contract/json-schema.ts';
import { namedSources } from '../src/measure/sources/sources.ts';
import { profilers } from '../src/profile/profilers/profilers.ts';
import { domains } from '../src/scoping/domains.ts';

/** `docs/contract.md`: every field with its default, from the descriptions in the schema, so that neither can be out of date. */
export function contractReference(): string {
  const schema = contractJsonSchema();
  return `${[
    '<!-- biome-ignore-all format: this page is generated, its tables are too wide to be padded -->',
    '# The contract',
    'A contract says what is measured, how, and what counts as better. It is YAML, in a file (`--contract perf-gate.yaml`) or under `contract:` in the scoping artifact. A misspelt key is an error. This page is made from the schema; `perf-gate schema` prints the same for editors.',
    'The least that is needed:',
    fence('version: 1\nrepro:\n  script: node bench.mjs\nmetrics:\n  primary: { name: wall_ms }'),
    'When a person approves it, the contract and every protected file are hashed. A change of either is refused from then on.',
    'Everything that can be said:',
    fence(exampleContract.trimEnd()),
    'A service under load, in place of a script:',
    fence(loadExample.trimEnd()),
    '## Fields',
    table(['field', 'type', 'default', 'meaning'], rows(schema, '')),
    '## Metric sources',
    'A `source` is one of these names, or one of the mappings below.',
    table(['name', 'unit', 'what it measures'], sourceRows()),
    'Where a shell starts the script (`shell`), what an empty script costs is measured in the same session and taken off wall and CPU time; memory and counts are not corrected.',
    '`instructions` are those of user space in the command and all its children, read from the processor’s counter by `perf`. Where the machine has none, as in many virtual ones, they are refused. `callgrind` counts them with valgrind anywhere: some 50 times slower, with threads one at a time, and nearly the same count each time; where it is exactly the same, say `deterministic: true`. Both are counted in an execution of their own after the timed one, so that the times are those of the command alone; `before_each` runs before it, and `timeout_s` holds for it.',
    table(['mapping', 'meaning'], formRows(schemaAt(schema, ['metrics', 'primary', 'source'])[0]!)),
    '## Rules between fields',
    ruleText.map((rule) => `- ${rule}`).join('\n'),
    '## Domains',
    'The interview proposes these; a contract file states what it wants.',
    table(['domain', 'what', 'primary metric', 'watchdogs', 'threshold'], domainRows()),
    '## Profilers',
    'Best first. A tool of this table brings its command; any other needs `command` beside it.',
    table(['tool', 'domains', 'languages', 'how it runs', 'to install'], profilerRows()),
  ].join('\n\n')}\n`;
}

const ruleText = [
  '`pct_min` lies above 0, and under 100 where lower is better; `absolute` and `both` need `absolute_min`.',
  '`max_runs` is at least `measurement_runs`, at least 4, and enough for significance with every test that may judge.',
  'Metric names are distinct; a built-in source has a unit of its kind (ms, s …; bytes, KB, MB …).',
  '`load` stands in place of `script` and needs a `service`; it has either `seconds` (fewer than `timeout_s`) or `requests` (one for each connection at least). Its metrics come from `{ stdout: json, key: … }`: what the engine measures by itself would be the load generator.',
  'A `pattern` is a regular expression with a first group.',
  'A watchdog tolerates more than 0 %, unless its metric is deterministic.',
  '`in_place` needs `order: sequential`; `wilcoxon_signed_rank` needs `order: interleaved`.',
  'Paths stay inside the project: not absolute, not above it.',
];

/** One row for each field, in depth; alternatives of a mapping stand one below the other. */
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

/** The mappings that may stand for a field: their keys, and what those mean. */
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

import { type Command, groups } from '../src/cli/command.ts';
import { allCommands } from '../src/cli/commands.ts';
import { catalogue, exit } from '../src/core/errors.ts';
import { formats as results } from '../src/measure/formats/formats.ts';
import { handWritten } from '../src/measure/formats/sample-sets.ts';
import { formats } from '../src/profile/formats/formats.ts';
import { builtInWorkflow, readWorkflow } from '../src/record/workflow.ts';
import { drawings } from '../src/report/draw-workflow.ts';
import { rules } from '../src/sentinel/rules/table.ts';

const generated = (from: string) => `This page is made from ${from} by \`npm run docs\`.`;

const meanings: Record<keyof typeof exit, string> = {
  done: 'done; for a run that has ended, `compare` and `judge`: accepted',
  gateSaidNo: 'the gate said no: nothing was accepted, and something was rejected or nothing was tried',
  user: 'something to mend on your side: usage, contract, uncommitted changes',
  environment: 'the environment (the repro fails, git fails), or a run that needs a person (escalated)',
  inconclusive: 'inconclusive: nothing was accepted, and the samples decided no attempt',
  bug: 'a bug of perf-gate',
  stillMeasuring: 'still measuring: call again',
  interrupted: 'interrupted or aborted',
};

/** docs/cli.md, from the files of the commands. */
export async function cliPage(): Promise<string> {
  const commands = await allCommands();
  const exits = Object.entries(exit).map(([name, code]) => `| ${code} | ${meanings[name as keyof typeof exit]} |`);
  return page([
    '# The command line',
    generated('the files in `src/cli/commands/`'),
    'Every command takes `--help`, `--json` (one object on stdout and nothing else), `--cwd <dir>` and `--debug`. Results go to stdout, words for people to stderr. Without a terminal no question is asked: the error names what is missing. Colours follow `NO_COLOR`, `FORCE_COLOR` and the terminal.',
    '## Exit codes',
    ['| code | meaning |', '| ---: | --- |', ...exits].join('\n'),
    '`next` exits with 0 while the run goes on, whatever the verdict of an attempt was; when it ends, like `start`.',
    '## Commands',
    ...Object.entries(groups).flatMap(([group, title]) => [
      `${title}:`,
      commands
        .filter((c) => c.group === group)
        .map((c) => `- [\`${c.name}\`](#${c.name.replace(' ', '-')}): ${c.summary}`)
        .join('\n'),
    ]),
    ...commands.map(commandSection),
  ]);
}

function commandSection(command: Command): string {
  const { name, summary, detail, example } = command;
  const usage = command.usage ?? ['[options]', command.arguments].filter(Boolean).join(' ');
  const options = Object.entries(command.options);
  const rows = options.map(
    ([flags, { letter, description }]) => `| \`${letter ? `-${letter}, ` : ''}${flags}\` | ${cell(description)} |`,
  );
  return [
    `### ${name}`,
    `\`\`\`text\nperf-gate ${name} ${usage}\n\`\`\``,
    sentence(summary),
    ...(detail ? [detail] : []),
    ...(rows.length > 0 ? [['| option | meaning |', '| --- | --- |', ...rows].join('\n')] : []),
    `Example: ${example
      .split(/\n\s*\$ /)
      .map((call) => `\`${call}\``)
      .join(' or ')}`,
  ].join('\n\n');
}

/** docs/errors.md, from the catalogue; what varies stands in braces. */
export function errorsPage(): string {
  const groups: [number, string][] = [
    [exit.user, 'Something to mend on your side'],
    [exit.environment, 'The environment, or something that needs a person'],
    [exit.stillMeasuring, 'Something else is at work'],
    [exit.interrupted, 'Interrupted'],
  ];
  const all = Object.entries(catalogue as unknown as Record<string, Entry>);
  const unknown = all.find(([, e]) => groups.every(([code]) => code !== e.exit));
  if (unknown) throw new Error(`${unknown[0]}: there is no section for exit code ${unknown[1].exit}`);
  const row = ([code, e]: [string, Entry]) =>
    `| \`${code}\` | ${cell(filledIn(e.message))} | ${cell(filledIn(e.hint))} |`;
  return page([
    '# Errors',
    generated('the catalogue in `src/core/errors.ts`'),
    'An error is one message (what is wrong, and where) and one hint (what to do). With `--json` it is `{ "error": { "code", "message", "hint" } }` on stdout; compare the code, the words may change. `--debug` adds the stack trace. What stands in braces is filled in.',
    ...groups.flatMap(([code, title]) => [
      `## ${title}: exit code ${code}`,
      [
        '| code | message | what to do |',
        '| --- | --- | --- |',
        ...all.filter(([, e]) => e.exit === code).map(row),
      ].join('\n'),
    ]),
    `## A bug of perf-gate: exit code ${exit.bug}`,
    'Anything else is a bug. The message says so; please report it with the output of the same command and `--debug`. The run is kept: `perf-gate resume` goes on.',
  ]);
}

type Entry = { exit: number; message(facts: unknown): string; hint(facts: unknown): string };

/** Stands for the facts of any error: each is its own name in braces, as a text, a number or a list. */
const facts = new Proxy({}, { get: (_, name) => named(`{${String(name)}}`) });

/** The same, where only names in the plural are lists: some functions of text take nothing but a text. */
const texts = new Proxy(
  {},
  { get: (_, name) => (/s$/.test(String(name)) ? named(`{${String(name)}}`) : `{${String(name)}}`) },
);

function filledIn(words: (facts: unknown) => string): string {
  try {
    return String(words(facts));
  } catch {
    return String(words(texts));
  }
}

function named(text: string): unknown {
  const same = () => text;
  const part = () => named(text);
  return Object.assign([text], { trim: same, trimEnd: same, toFixed: same, replace: same, replaceAll: same, slice: part });
}

/** docs/workflow.md, from the built-in workflow. */
export function workflowPage(): string {
  const { definition } = readWorkflow(builtInWorkflow());
  return page([
    '# The workflow',
    `${generated('`workflow/perf-gate.yaml`')} \`perf-gate workflow\` prints the one that is in force.`,
    'A stage is done by the engine or by an actor: a person, a script, an agent. Each ends with one result, and the result leads to the next stage. Where several may follow, the first whose condition holds is taken.',
    `\`\`\`mermaid\n${drawings.mermaid(definition)}\n\`\`\``,
    '`aborted` and `escalated` can be reached from every stage: by `perf-gate abort`, and by what only a person can settle, such as a branch that moved meanwhile.',
    `\`\`\`text\n${drawings.table(definition)}\n\`\`\``,
    ['| condition | holds when |', '| --- | --- |', ...conditions.map(([name, when]) => `| ${name} | ${when} |`)].join(
      '\n',
    ),
    'A stage has one name in four places: `workflow/perf-gate.yaml` says where it leads, `stages/` what its actor is told, `templates/` what it leaves behind, `src/stages/` what the engine does.',
    '## A workflow of your own',
    'A repository may have its own `.perf-gate/workflow.yaml`, for example with a stage `review` where a person confirms every accepted change. It has the form of `workflow/perf-gate.yaml`; its instruction and template files are looked for beside it first. A stage that the engine does not know is `by: actor`: somebody does it and hands in its artifact with `perf-gate submit`.',
    'A definition is refused, with every issue named, when a result leads nowhere, a stage cannot be reached or has no way to an end, an instruction names a result that its stage does not have, or an attempt could stay open: every way from `fix` must pass `do: commit` or `do: revert` before the next fix, profile, report or end. A run keeps the workflow that it began with.',
  ]);
}

/** docs/profile-formats.md, from the table of formats. */
export function profileFormatsPage(): string {
  return page([
    '# Profile formats',
    generated('the table in `src/profile/formats/formats.ts`'),
    `perf-gate reads ${formats.length} formats of profiles, packed by gzip or not. It recognises a file by its content or its name; the first format of this table that fits reads it. What the ranking makes of each format: [profiling.md](profiling.md#formats).`,
    [
      '| format | written by | unit |',
      '| --- | --- | --- |',
      ...formats.map(({ name, writtenBy, unit }) => `| \`${name}\` | ${cell(writtenBy)} | ${unit} |`),
    ].join('\n'),
    `Where a file holds several values, \`--value\` of \`hotspots\`, \`profile\` and \`plan\` names the one to rank, and \`value\` of a contract’s profiler does: ${valuesText()}. Left out, it is what people ask for first; the output names the others.`,
  ]);
}

const valuesText = () =>
  formats.flatMap(({ name, values }) => (values ? [`the ${values} in \`${name}\``] : [])).join(', ');

/** docs/result-formats.md, from the table of formats. */
export function resultFormatsPage(): string {
  const named = Object.entries(results).map(([name, format]) => [`\`${name}\``, format] as const);
  const rows = [...named, ...handWritten.map((format) => ['', format] as const)];
  return page([
    '# Result formats',
    generated('the tables in `src/measure/formats`'),
    'A metric with `source: { format: …, file: … }` reads one number of what a benchmark tool writes. `perf-gate judge` and `perf-gate compare HEAD --against FILE` read the samples in the same files, and recognise them by their content. Where a tool writes statistics alone by default, the last column says how to get the single runs.',
    [
      '| `format:` | written by | samples |',
      '| --- | --- | --- |',
      ...rows.map(([name, { writtenBy, samples }]) => `| ${name} | ${cell(writtenBy)} | ${cell(samples)} |`),
    ].join('\n'),
    'A key is a name or the end of it, what tells benchmarks of one name apart (a package, a mode, parameters such as `size=10,threads=2`), or either with a dot and a statistic: `parse.median`, `BenchmarkParse.B/op`. Repetitions of one benchmark are its samples; for a metric they are averaged. A failed run (an exit code, an error, an answer that is not 2xx) has no value.',
  ]);
}

/** docs/hook-rules.md, from the rules of the sentinel. */
export function hookRulesPage(): string {
  const grave = { high: 0, medium: 1, low: 2 };
  const sorted = [...rules].sort((a, b) => grave[a.severity] - grave[b.severity]);
  return page([
    '# Rules about hooks',
    generated('the files in `src/sentinel/rules/`'),
    '`perf-gate sentinel audit` finds these habits ([sentinel.md](sentinel.md)). Scripts of shell are read by their syntax, so that a comment or a string is no command. Of Python and JavaScript only the words are read: such a finding is a hint, and its severity is low.',
    [
      '| rule | severity | what is wrong | what to do |',
      '| --- | --- | --- | --- |',
      ...sorted.map(
        ({ id, severity, title, remedy }) => `| \`${id}\` | ${severity} | ${cell(title)} | ${cell(remedy.act)} |`,
      ),
    ].join('\n'),
  ]);
}

const conditions = [
  ['hotspots left', 'the list that was chosen has entries which were not tried yet'],
  ['at limit', 'one of the contract’s `limits` is reached'],
  ['goal met', 'the gains of the accepted changes, multiplied, reach the contract’s `goal`'],
  ['unattended', 'the run was started with `--yes`'],
];

const page = (blocks: string[]) => `${blocks.join('\n\n')}\n`;
const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
const cell = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\n\s*/g, '<br>');

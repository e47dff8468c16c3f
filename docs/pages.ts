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
  gateSaidNo: 'rejected: no change was accepted, and at least one attempt was rejected or no attempt was made',
  user: 'something for you to correct: usage, contract, uncommitted changes',
  environment: 'an error of the environment (the repro fails, git fails), or a run that needs a person (escalated)',
  inconclusive: 'inconclusive: nothing was accepted, and the samples were not enough for a verdict',
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
    'Every command takes `--help`, `--json` (one object on stdout and nothing else), `--cwd <dir>` and `--debug`. Results go to stdout, other texts for people to stderr. Without a terminal perf-gate asks no question; an error names the missing option. Colours follow `NO_COLOR`, `FORCE_COLOR` and the terminal.',
    '## Exit codes',
    ['| code | meaning |', '| ---: | --- |', ...exits].join('\n'),
    '`next` exits with 0 while the run goes on, regardless of the verdict of an attempt. When the run ends, `next` exits like `start`.',
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

/** docs/errors.md, from the catalogue, with placeholders in braces. */
export function errorsPage(): string {
  const groups: [number, string][] = [
    [exit.user, 'Something for you to correct'],
    [exit.environment, 'The environment, or something that needs a person'],
    [exit.stillMeasuring, 'Another process is at work'],
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
    'An error has a message (what is wrong, and where) and a hint (what to do). With `--json` the error is `{ "error": { "code", "message", "hint" } }` on stdout. In scripts, compare the code, because the texts may change. `--debug` adds the stack trace. In the table, a word in braces stands for a fact that perf-gate fills in, such as a path.',
    ...groups.flatMap(([code, title]) => [
      `## ${title}: exit code ${code}`,
      [
        '| code | message | what to do |',
        '| --- | --- | --- |',
        ...all.filter(([, e]) => e.exit === code).map(row),
      ].join('\n'),
    ]),
    `## A bug of perf-gate: exit code ${exit.bug}`,
    'Any other error is a bug, and the message says so. Please report the bug with the output of the same command and `--debug`. The run is not lost: `perf-gate resume` continues it.',
  ]);
}

type Entry = { exit: number; message(facts: unknown): string; hint(facts: unknown): string };

/** Placeholder for the facts of any error: each fact is its name in braces, usable as a text, a number or a list. */
const facts = new Proxy({}, { get: (_, name) => named(`{${String(name)}}`) });

/** The same, but only names in the plural are lists, because some text functions accept only a string. */
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
  return Object.assign([text], {
    trim: same,
    trimEnd: same,
    toFixed: same,
    replace: same,
    replaceAll: same,
    slice: part,
  });
}

/** docs/workflow.md, from the built-in workflow. */
export function workflowPage(): string {
  const { definition } = readWorkflow(builtInWorkflow());
  return page([
    '# The workflow',
    `${generated('`workflow/perf-gate.yaml`')} \`perf-gate workflow\` prints the workflow in force.`,
    'This page shows the stages of a run and their order. The engine or an actor (a person, a script, an agent) does a stage. A stage ends with one result, which leads to the next stage. If several stages may follow, the run takes the first stage whose condition is met.',
    `\`\`\`mermaid\n${drawings.mermaid(definition)}\n\`\`\``,
    '`perf-gate abort` leads from every stage to `aborted`. Every stage can also lead to `escalated`, if only a person can decide how to continue, for example after the branch moved.',
    `\`\`\`text\n${drawings.table(definition)}\n\`\`\``,
    ['| condition | is met when |', '| --- | --- |', ...conditions.map(([name, when]) => `| ${name} | ${when} |`)].join(
      '\n',
    ),
    'A stage has the same name in four places. `workflow/perf-gate.yaml` holds its results and next stages, `stages/` the instructions for its actor, `templates/` the form of its artifact, and `src/stages/` the code of the engine.',
    '## A workflow of your own',
    'A repository may have its own `.perf-gate/workflow.yaml`, for example with a stage `review` where a person confirms every accepted change. This file has the form of `workflow/perf-gate.yaml`. perf-gate searches for its instruction and template files first in the folder of this file. A stage that the engine does not know must be `by: actor`: a person or an agent does this stage and submits its artifact with `perf-gate submit`.',
    'perf-gate refuses a definition, and names every issue, in these cases:',
    [
      '- A result leads to no stage.',
      '- A stage cannot be reached, or has no way to an end.',
      '- An instruction names a result that its stage does not have.',
      '- An attempt could stay open: every way from `fix` must pass `do: commit` or `do: revert` before the next fix, profile, report or end.',
    ].join('\n'),
    'A run uses to its end the workflow with which it began.',
  ]);
}

/** docs/profile-formats.md, from the table of formats. */
export function profileFormatsPage(): string {
  return page([
    '# Profile formats',
    generated('the table in `src/profile/formats/formats.ts`'),
    `perf-gate reads ${formats.length} formats of profiles, with or without gzip. It recognises a file by its content or its name, and uses the first matching format of this table. [profiling.md](profiling.md#formats) says how the ranking treats each format.`,
    [
      '| format | written by | unit |',
      '| --- | --- | --- |',
      ...formats.map(({ name, writtenBy, unit }) => `| \`${name}\` | ${cell(writtenBy)} | ${unit} |`),
    ].join('\n'),
    `If a file holds several values, name the value to rank with \`--value\` of \`hotspots\`, \`profile\` and \`plan\`, or with \`value\` of a contract’s profiler. The values are: ${valuesText()}. The default is the value that users most often want; the output names the other values.`,
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
    'A metric with `source: { format: …, file: … }` reads one number from the file of a benchmark tool. `perf-gate judge` and `perf-gate compare HEAD --against FILE` read all samples from such a file, and recognise the format by the content of the file. If a tool writes only statistics by default, the last column says how to get single samples.',
    [
      '| `format:` | written by | samples |',
      '| --- | --- | --- |',
      ...rows.map(([name, { writtenBy, samples }]) => `| ${name} | ${cell(writtenBy)} | ${cell(samples)} |`),
    ].join('\n'),
    'A key is the name of a benchmark, or the end of the name. If several benchmarks have the same name, the key is the part that distinguishes them: a package, a mode, or parameters such as `size=10,threads=2`. A dot and a statistic may follow: `parse.median`, `BenchmarkParse.B/op`. Repetitions of one benchmark are its samples; a metric is the mean of the repetitions. A failed run (an exit code, an error, an answer that is not 2xx) gives no sample.',
  ]);
}

/** docs/hook-rules.md, from the rules of the sentinel. */
export function hookRulesPage(): string {
  const grave = { high: 0, medium: 1, low: 2 };
  const sorted = [...rules].sort((a, b) => grave[a.severity] - grave[b.severity]);
  return page([
    '# Rules about hooks',
    generated('the files in `src/sentinel/rules/`'),
    '`perf-gate sentinel audit` finds these habits in hooks ([sentinel.md](sentinel.md)). The audit parses shell scripts, so it never mistakes a comment or a string for a command. In Python and JavaScript the audit only searches for words, so a finding there is only a hint, with low severity.',
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
  ['hotspots left', 'the chosen list has entries that were not tried yet'],
  ['at limit', 'one of the contract’s `limits` is reached'],
  ['goal met', 'the total gain of the accepted changes reaches the contract’s `goal`'],
  ['unattended', 'the run was started with `--yes`'],
];

const page = (blocks: string[]) => `${blocks.join('\n\n')}\n`;
const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
const cell = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\n\s*/g, '<br>');

import { type Definition, everywhere, type Target } from './definition.ts';
import { isBuiltIn, stageFacts, stageTable } from './stages.ts';

/** Instruction texts by stage. An instruction text may name a result of its stage as `result: name`. */
export type Instructions = Record<string, string>;

/** The mistakes of a workflow that its schema cannot find. Each message about a mistake names the stage and the remedy. */
export function workflowIssues(definition: Definition, instructions: Instructions): string[] {
  const names = Object.keys(definition.stages);
  const known = new Set([...names, ...definition.ends]);
  return [
    ...(names.includes(definition.initial)
      ? []
      : [`initial: there is no stage “${definition.initial}”; use one of ${names.join(', ')}`]),
    ...Object.values(everywhere)
      .filter((end) => !definition.ends.includes(end))
      .map((end) => `ends: “${end}” is missing; add it to ends, because every stage can lead to it`),
    ...definition.ends
      .filter((end) => names.includes(end))
      .map((end) => `ends: “${end}” is also a stage; rename the end or the stage`),
    ...names.flatMap((name) => stageIssues(name, definition, known, instructions[name] ?? '')),
    ...names.flatMap((name) => engineIssues(name, definition)),
    ...unreachable(definition).map(
      (name) => `stage ${name}: no result leads to this stage; remove the stage, or let a result lead to it`,
    ),
    ...deadEnds(definition).map(
      (name) =>
        `stage ${name}: no path leads from this stage to an end; give one of its results a target that leads to one of ${definition.ends.join(', ')}`,
    ),
    ...unsettled(definition),
  ];
}

function stageIssues(name: string, definition: Definition, known: Set<string>, text: string): string[] {
  const stage = definition.stages[name]!;
  const results = Object.keys(stage.results);
  const issues: string[] = [];
  if (results.length === 0) issues.push(`stage ${name}: the stage has no results; give it at least one`);
  for (const [result, targets] of Object.entries(stage.results)) {
    if (result in everywhere) issues.push(`stage ${name}: the result “${result}” is reserved; use another word`);
    for (const { to } of targets)
      if (!known.has(to))
        issues.push(
          `stage ${name}: result “${result}” leads to “${to}”, which is neither a stage nor an end; use one of ${[...known].join(', ')}`,
        );
    if (targets.at(-1)?.when)
      issues.push(
        `stage ${name}: result “${result}” leads nowhere when \`${targets.at(-1)?.when}\` is false; add a last target without \`when\``,
      );
  }
  for (const named of text.matchAll(/\bresult: ?`?([a-z_]+)/g))
    if (!results.includes(named[1]!))
      issues.push(
        `stage ${name}: the instructions mention the result “${named[1]}”, which the stage does not have; use one of ${results.join(', ')}`,
      );
  return issues;
}

/**
 * Checks the stages that perf-gate knows. A stage with `by: engine` must be built in, and each result of a built-in stage needs a target.
 */
function engineIssues(name: string, definition: Definition): string[] {
  const { by, results } = definition.stages[name]!;
  const known = isBuiltIn(name) && stageTable[name].by === by;
  if (!known && by === 'engine') {
    const engines = Object.keys(stageTable).filter((stage) => stageFacts(stage).by === 'engine');
    return [
      `stage ${name}: the engine has no stage of this name; use \`by: actor\`, or one of the names ${engines.join(', ')}`,
    ];
  }
  return (known ? stageTable[name].results : [])
    .filter((result) => !(result in results))
    .map(
      (result) =>
        `stage ${name}: the stage can have the result “${result}”, which leads nowhere; add \`${result}\` to its results`,
    );
}

function next(definition: Definition, name: string): string[] {
  return Object.values(definition.stages[name]?.results ?? {}).flatMap((targets) => targets.map((t) => t.to));
}

function unreachable(definition: Definition): string[] {
  const seen = new Set([definition.initial]);
  for (const name of seen) for (const to of next(definition, name)) seen.add(to);
  return Object.keys(definition.stages).filter((name) => !seen.has(name));
}

/**
 * The state of the open attempt. `none`: no attempt is open. `unjudged`: it has no verdict yet. `proved`: its verdict is `accepted`.
 * `lost`: it has another verdict.
 */
type Attempt = 'none' | 'unjudged' | 'proved' | 'lost';

/**
 * Finds paths through the workflow that break one of the two rules below. An attempt must be committed or reverted before the next one
 * begins, because otherwise two changes would be measured as one. Only an attempt with the verdict `accepted` may be committed.
 */
function unsettled(definition: Definition): string[] {
  const issues = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string, before: Attempt) => {
    if (seen.has(`${name} ${before}`)) return;
    seen.add(`${name} ${before}`);
    for (const [result, targets] of Object.entries(definition.stages[name]?.results ?? {})) {
      const at = afterResult(name, result, before);
      for (const target of targets) {
        const problem = settling(definition, at, target);
        if (problem) issues.add(`stage ${name}: result “${result}” ${problem}`);
        else visit(target.to, target.do ? 'none' : at);
      }
    }
  };
  visit(definition.initial, 'none');
  return [...issues];
}

function afterResult(stage: string, result: string, before: Attempt): Attempt {
  const { opensAttempt, accepts } = stageFacts(stage);
  if (result === opensAttempt) return 'unjudged';
  if (accepts) return result === accepts ? 'proved' : 'lost';
  return before;
}

function settling({ ends }: Definition, at: Attempt, { to, do: effect }: Target): string | undefined {
  if (effect && at === 'none') return 'has `do`, although no attempt is open; remove `do`';
  if (effect === 'commit' && at !== 'proved')
    return 'has `do: commit`, but no verdict accepted the attempt; use `do: revert`, or let the result lead to the stage verdict first';
  const needsSettled = stageFacts(to).needsSettled || ends.includes(to);
  if (!effect && at !== 'none' && needsSettled)
    return `leads to ${to} while the attempt is open; add \`do: commit\` or \`do: revert\``;
  return undefined;
}

function deadEnds(definition: Definition): string[] {
  const leads = new Set(definition.ends);
  for (let grew = true; grew; ) {
    grew = false;
    for (const name of Object.keys(definition.stages))
      if (!leads.has(name) && next(definition, name).some((to) => leads.has(to))) grew = leads.add(name).has(name);
  }
  return Object.keys(definition.stages).filter((name) => !leads.has(name));
}

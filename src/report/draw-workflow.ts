import type { Definition, Target } from '../record/definition.ts';

type Edge = { from: string; result: string; target: Target };

function edges(definition: Definition): Edge[] {
  return Object.entries(definition.stages).flatMap(([from, stage]) =>
    Object.entries(stage.results).flatMap(([result, targets]) => targets.map((target) => ({ from, result, target }))),
  );
}

const words = (name: string) => name.replace(/_/g, ' ');

/** A Mermaid state diagram. The edges to `aborted` and `escalated` are not drawn, because every stage can lead there. */
function mermaid(definition: Definition): string {
  const lines = edges(definition).map(({ from, result, target }) => {
    const when = target.when ? ` [${words(target.when)}]` : '';
    const effect = target.do ? ` / ${target.do}` : '';
    return `    ${from} --> ${target.to}: ${words(result)}${when}${effect}`;
  });
  const ends = definition.ends.map((end) => `    ${end} --> [*]`);
  return ['stateDiagram-v2', `    [*] --> ${definition.initial}`, ...lines, ...ends].join('\n');
}

function table(definition: Definition): string {
  const rows = edges(definition).map(({ from, result, target }) => [
    from,
    definition.stages[from]!.by,
    result,
    target.when ? words(target.when) : '',
    target.do ?? '',
    target.to,
  ]);
  const all = [['stage', 'by', 'result', 'when', 'do', 'next'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The forms in which a workflow can be printed. */
export const drawings = {
  table,
  mermaid,
  json: (definition: Definition) => JSON.stringify(definition, null, 2),
} satisfies Record<string, (definition: Definition) => string>;

import { type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { namedPart } from '../parsing/frames.ts';
import { amountOf, type Fields, fieldsOf, jsonOf, listOf, stringOf, unreadable } from '../parsing/input.ts';

/** A node of a plan with its wall time, in ms. */
type PlanNode = { name: string; ms: number; loops: number; children: PlanNode[] };
/** Common table expressions by name, each with its slowest scan: the one that waited for its result. */
type Ctes = Map<string, { plan: Fields; reader: Fields | null; ms: number }>;

/** PostgreSQL never nests plans this deep. */
const deepest = 500;

/**
 * Reads PostgreSQL's `EXPLAIN (ANALYZE, FORMAT JSON)`. A node's time is `Actual Total Time` × `Actual Loops`. Its own time is that
 * minus the times of the nodes below it. Below a Gather, the loops of parallel processes are counted together, so they are divided by
 * the number of processes. A common table expression is placed below the scan that reads it, because the scan's time includes it.
 * Format: https://www.postgresql.org/docs/current/using-explain.html
 * @throws profile_unreadable
 */
export function readExplain(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('explain-analyze', 'ms', false);
  const queries = listOf(jsonOf(bytes, file));
  if (queries.length === 0) throw unreadable(file, 'the list of EXPLAIN (FORMAT JSON)', 'none, or an empty one');
  queries.forEach((query, i) => {
    const { Plan: plan, 'Planning Time': planning, 'Execution Time': execution, Triggers: triggers } = fieldsOf(query);
    if (typeof fieldsOf(plan)['Actual Total Time'] !== 'number')
      throw unreadable(file, 'EXPLAIN with ANALYZE: a Plan with Actual Total Time', `[${i}].Plan without`);
    const root = nodeOf(fieldsOf(plan), { processes: 1, ctes: ctesIn(plan), depth: 0, file });
    addNode(root, -1, builder);
    const own: [string, number][] = [['Planning', amountOf(planning)]];
    for (const trigger of listOf(triggers)) {
      const { 'Trigger Name': name, Time: ms } = fieldsOf(trigger);
      own.push([`Trigger ${stringOf(name)}`, amountOf(ms)]);
    }
    const known = root.ms + own.slice(1).reduce((sum, [, ms]) => sum + ms, 0);
    own.push(['Start and end of the execution', Math.max(0, amountOf(execution) - known)]);
    for (const [name, ms] of own) if (ms > 0) builder.add(builder.node(-1, namedPart(name)), ms, 1);
  });
  return builder.done();
}

function nodeOf(plan: Fields, at: { processes: number; ctes: Ctes; depth: number; file: string }): PlanNode {
  if (at.depth > deepest) throw unreadable(at.file, 'a plan', `nodes nested more than ${deepest} deep`);
  const loops = amountOf(plan['Actual Loops']);
  // In a parallel part each process counts as one loop. A node with fewer loops than processes ran in fewer of them.
  const ms = (amountOf(plan['Actual Total Time']) * loops) / Math.min(at.processes, Math.max(1, loops));
  const workers = amountOf(plan['Workers Launched']);
  const below = {
    ...at,
    depth: at.depth + 1,
    processes: /^Gather/.test(stringOf(plan['Node Type'])) ? workers + 1 : at.processes,
  };
  const children = listOf(plan.Plans)
    .map(fieldsOf)
    .filter((child) => cteName(child) === undefined);
  const cte = at.ctes.get(stringOf(plan['CTE Name']));
  if (cte && cte.reader === plan) children.push(cte.plan);
  return { name: nameOf(plan), ms, loops, children: children.map((child) => nodeOf(child, below)) };
}

/** `Seq Scan on orders o`, `Index Scan using orders_pkey on orders`, `Hash Join`. */
function nameOf(plan: Fields): string {
  const index = stringOf(plan['Index Name']);
  const relation = stringOf(plan['Relation Name']) || stringOf(plan['CTE Name']) || stringOf(plan['Function Name']);
  const alias = stringOf(plan.Alias);
  const parts = [
    [stringOf(plan['Parallel Aware'] === true ? 'Parallel' : ''), stringOf(plan['Node Type']) || 'Node']
      .filter(Boolean)
      .join(' '),
    index && `using ${index}`,
    relation && `on ${relation}`,
    alias && alias !== relation ? alias : '',
  ];
  return parts.filter(Boolean).join(' ');
}

const cteName = (plan: Fields) => /^CTE (.+)$/.exec(stringOf(plan['Subplan Name']))?.[1];

/** All common table expressions of a plan. */
function ctesIn(plan: unknown): Ctes {
  const all: Fields[] = [fieldsOf(plan)];
  for (let i = 0; i < all.length; i++) all.push(...listOf(all[i]!.Plans).map(fieldsOf));
  const named = all.flatMap((each) => {
    const name = cteName(each);
    return name === undefined ? [] : [[name, { plan: each, reader: null as Fields | null, ms: -1 }] as const];
  });
  const found: Ctes = new Map(named);
  for (const scan of all) {
    const cte = scan['Node Type'] === 'CTE Scan' ? found.get(stringOf(scan['CTE Name'])) : undefined;
    const ms = amountOf(scan['Actual Total Time']) * amountOf(scan['Actual Loops']);
    if (cte && ms > cte.ms) Object.assign(cte, { reader: scan, ms });
  }
  return found;
}

function addNode(plan: PlanNode, parent: number, builder: ProfileBuilder): void {
  const node = builder.node(parent, namedPart(plan.name));
  const below = plan.children.reduce((sum, child) => sum + child.ms, 0);
  builder.add(node, Math.max(0, plan.ms - below), plan.loops);
  for (const child of plan.children) addNode(child, node, builder);
}

/** A JSON list whose first entry begins with its Plan. */
export const looksLikeExplain = (start: string) => /^\s*\[\s*\{\s*"Plan"\s*:/.test(start);

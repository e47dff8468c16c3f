import { type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { namedPart } from '../parsing/frames.ts';
import { amountOf, type Fields, fieldsOf, listOf, stringOf, unreadable } from '../parsing/input.ts';
import { plansIn } from '../parsing/plan-text.ts';

/**
 * A node of a query plan with its wall time, in ms, and its children. `share`: the part of the child's time that counts for this node, from
 * 0 to 1. It is below 1 only if several nodes share the child.
 */
type PlanNode = { name: string; ms: number; loops: number; children: { node: PlanNode; share: number }[] };

/** The deepest plan that is read. PostgreSQL never nests plans this deep. */
const deepest = 500;

/**
 * Reads `EXPLAIN ANALYZE` of PostgreSQL as JSON or text, which psql prints or auto_explain logs. Also reads the tree of MySQL. A node's
 * time is `Actual Total Time` × `Actual Loops`. A node's own time is its time minus the times of its children, so all own times add up to
 * the plan's time. Below a Gather node, PostgreSQL adds up the loops of all parallel processes, so the loops are divided by the number of
 * processes. A common table expression or an InitPlan is placed below the nodes that read its rows, because the time of these nodes
 * includes it. Format: https://www.postgresql.org/docs/current/using-explain.html
 * @throws profile_unreadable
 */
export function readExplain(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('explain-analyze', 'ms', false);
  const queries = plansIn(bytes, file);
  if (queries.length === 0) throw unreadable(file, 'plans of EXPLAIN (ANALYZE)', 'no plan, or an empty plan');
  queries.forEach((query, i) => {
    const { Plan: plan, 'Planning Time': planning, 'Execution Time': execution, Triggers: triggers } = query;
    if (typeof fieldsOf(plan)['Actual Total Time'] !== 'number')
      throw unreadable(file, 'EXPLAIN with ANALYZE: a Plan with Actual Total Time', `[${i}].Plan without`);
    const root = treeOf(fieldsOf(plan), file);
    addNode(root, root.ms, -1, builder);
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

/**
 * Makes a tree of nodes from the JSON of a plan. Common table expressions and InitPlans are placed below the nodes that read their rows.
 */
function treeOf(root: Fields, file: string): PlanNode {
  const nodes = new Map<Fields, PlanNode>();
  const build = (plan: Fields, processes: number, depth: number): PlanNode => {
    if (depth > deepest) throw unreadable(file, 'a plan', `nodes nested more than ${deepest} deep`);
    const loops = amountOf(plan['Actual Loops']);
    // In a parallel part of the plan, each process counts as one loop. A node with fewer loops than processes ran only in some of the
    // processes.
    const ms = (amountOf(plan['Actual Total Time']) * loops) / Math.min(processes, Math.max(1, loops));
    const isGather = /^Gather/.test(stringOf(plan['Node Type']));
    const below = isGather ? amountOf(plan['Workers Launched']) + 1 : processes;
    const node: PlanNode = { name: nameOf(plan), ms, loops, children: [] };
    nodes.set(plan, node);
    for (const child of childrenOf(plan)) {
      const made = build(child, below, depth + 1);
      if (sharedName(child) === undefined) node.children.push({ node: made, share: 1 });
    }
    return node;
  };
  const tree = build(root, 1, 0);
  for (const [plan, parent] of nodes)
    for (const child of childrenOf(plan)) if (sharedName(child) !== undefined) share(child, { plan, parent, nodes });
  return tree;
}

const childrenOf = (plan: Fields) => listOf(plan.Plans).map(fieldsOf);

/**
 * Matches the name of a plan that several nodes can read: a common table expression (`CTE init`) or an InitPlan (`InitPlan 1`). PostgreSQL
 * executes such a plan only once.
 */
const sharedName = (plan: Fields) =>
  /^(?:CTE .+|InitPlan \d+)/.exec(stringOf(plan['Subplan Name']).replace(/ \(returns .*$/, ''))?.[0];

/**
 * Places a common table expression (CTE) or an InitPlan below the nodes that read its rows. The plan's time is divided among these nodes in
 * proportion to their own times, because each node waited for a part of the plan. A CTE Scan names the CTE that it reads. A node that reads
 * an InitPlan names the InitPlan's result, such as `$0`, in a condition. If no condition names the result, the times decide. If the
 * InitPlan and its siblings together took no longer than their parent, the InitPlan stays below its parent. Otherwise the time of a sibling
 * must include the InitPlan, so the slowest sibling counts as the reader.
 */
function share(plan: Fields, at: { plan: Fields; parent: PlanNode; nodes: Map<Fields, PlanNode> }): void {
  const node = at.nodes.get(plan)!;
  const readers = readersOf(plan, at).filter(({ ms }) => ms > 0);
  const whole = readers.reduce((sum, { ms }) => sum + ms, 0);
  for (const reader of readers) reader.children.push({ node, share: reader.ms / whole });
  if (readers.length === 0) at.parent.children.push({ node, share: 1 });
}

function readersOf(plan: Fields, { plan: holder, parent, nodes }: Parameters<typeof share>[1]): PlanNode[] {
  const name = sharedName(plan)!;
  const inside = new Set(subtree(plan));
  const others = [...nodes].filter(([each]) => !inside.has(each));
  if (name.startsWith('CTE '))
    return others
      .filter(([scan]) => scan['Node Type'] === 'CTE Scan' && `CTE ${stringOf(scan['CTE Name'])}` === name)
      .map(([, node]) => node);
  const result = /returns (\$\d+)/.exec(stringOf(plan['Subplan Name']))?.[1];
  const isNamed = new RegExp(result === undefined ? `\\(?${name}\\)?\\.col` : `\\${result}(?!\\d)`);
  const named = others.filter(([each]) => Object.values(each).some((value) => isNamed.test(stringOf(value))));
  // only the nodes that name the result read it, and the nodes above them only pass rows on
  if (named.length > 0) return named.map(([, node]) => node);
  const node = nodes.get(plan)!;
  const siblings = childrenOf(holder).flatMap((child) =>
    sharedName(child) === undefined ? (nodes.get(child) ?? []) : [],
  );
  const together = siblings.reduce((sum, { ms }) => sum + ms, node.ms);
  if (together <= parent.ms) return [];
  return siblings
    .filter(({ ms }) => ms >= node.ms)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 1);
}

function subtree(plan: Fields): Fields[] {
  const all = [plan];
  for (const each of all) all.push(...childrenOf(each));
  return all;
}

/** The label of a node, such as `Seq Scan on orders o`, `Index Scan using orders_pkey on orders` or `Hash Join`. */
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

/**
 * The deepest tree that is built. In a hostile file, two common table expressions can read each other. Without this limit, their tree would
 * have no end.
 */
const deepestPlace = 2 * deepest;

/**
 * Adds a node and its descendants, which together take `ms`. Children that together took longer than the node ran in parallel or waited for
 * each other. Such children share the node's time in proportion to their own times.
 */
function addNode(plan: PlanNode, ms: number, parent: number, builder: ProfileBuilder, depth = 0): void {
  const node = builder.node(parent, namedPart(plan.name));
  const scale = plan.ms > 0 ? ms / plan.ms : 0;
  const children =
    depth < deepestPlace && ms > 0
      ? plan.children.map(({ node: child, share }) => ({ child, ms: child.ms * share * scale }))
      : [];
  const below = children.reduce((sum, child) => sum + child.ms, 0);
  const squeezed = below > ms ? ms / below : 1;
  builder.add(node, Math.max(0, ms - below * squeezed), plan.loops);
  for (const { child, ms: part } of children) addNode(child, part * squeezed, node, builder, depth + 1);
}

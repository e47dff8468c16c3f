import { type Fields, fieldsOf, jsonOf, linesOf, listOf } from './input.ts';

/**
 * The plans in a file, each in the form of `EXPLAIN (FORMAT JSON)`. The plans are JSON or text, alone or inside the output of psql or
 * pgAdmin or a log of auto_explain. Empty without a plan.
 * @throws profile_unreadable: the JSON is broken
 */
export function plansIn(bytes: Uint8Array, file: string): Fields[] {
  if (isJson(bytes)) return queriesOf(jsonOf(bytes, file));
  const lines = [...linesOf(bytes)].map(unframed).filter((line) => !isAround.test(line));
  const begin = lines.findIndex((line) => /^\s*[[{]\s*(?:["{].*)?$/.test(line));
  if (begin === -1 || lines.slice(0, begin).some((line) => nodeLine.test(line))) return fromText(lines);
  // in a log, the query and its duration come before the JSON, but a file can also hold only JSON
  const end = lines.findLastIndex((line) => /^\s*[\]}]|[\]}]\s*$/.test(line));
  return queriesOf(jsonOf(Buffer.from(lines.slice(begin, end + 1).join('\n')), file));
}

/** Whether a file is JSON from its first byte to its last, with nothing around it. */
const isJson = (bytes: Uint8Array) =>
  /^(?:\xef\xbb\xbf)?\s*[[{]/.test(Buffer.from(bytes.subarray(0, 100)).toString('latin1')) &&
  /[\]}]\s*$/.test(Buffer.from(bytes.subarray(-100)).toString('latin1'));

function queriesOf(json: unknown): Fields[] {
  return (Array.isArray(json) ? json : [json])
    .map(fieldsOf)
    .filter((query) => query.Plan !== undefined || Array.isArray(json));
}

/** Matches lines that psql adds: titles, rules and row counts. */
const isAround = /^\s*(?:QUERY PLAN|[-─═+┌┐└┘├┤┼│║╔╗╚╝╠╣]{3,}|\(\d+ \S+\))\s*$/;

/** Removes from a line what psql and pgAdmin add: borders such as `|`, the sign `+` or `↵` at the end of a continued line, and quotes. */
function unframed(line: string): string {
  const inner = line.replace(/^\s*[|│║]/, '').replace(/[|│║]\s*$/, '');
  const joined = inner.replace(/\s*[+↵:]\s*$/, (sign) => (/[+↵]/.test(sign) ? '' : sign));
  const [, quote, text] = /^\s*(["'])(.*)\1\s*$/.exec(joined) ?? [];
  return quote === undefined || text === undefined
    ? joined.replace(/\)"$/, ')')
    : text.replaceAll(quote + quote, quote);
}

/**
 * Matches a node, such as `  ->  Seq Scan on users u  (cost=0.00..41.40 rows=1 width=129) (actual time=0.014..0.079 rows=1 loops=1)`. The
 * costs are optional. A node that never ran has no times.
 */
const nodeLine =
  /^(\s*(?:EXPLAIN:\s*)?(?:->\s+)?)(\S.*?)\s*(?:\(cost=[^)]*\)\s*)?\((?:actual (?:time=[\d.e+-]+\.\.([\d.e+-]+)\s*)?rows=([\d.e+]+)\s*loops=(\d+)|(never executed))\)\s*$/;
/** Matches a node of a plan that was made without ANALYZE. */
const plannedLine = /^(\s*(?:->\s+)?)(\S.*?)\s+\(cost=[^)]*\)\s*$/;
/** Matches the role of the next node in its parent, such as `  InitPlan 1 (returns $0)`, `  CTE init` or `  SubPlan 2`. */
const roleLine = /^(\s*)((?:CTE \S.*|InitPlan(?: \d+)?|SubPlan(?: \d+)?|Hashed SubPlan \d+)(?: \(returns .*\))?)\s*$/;
/** Matches `Planning Time: 0.1 ms`, `Execution time: 5 ms` and `Total runtime: 5 ms`. PostgreSQL changed these words twice. */
const timeLine = /^\s*(planning time|execution time|total runtime): ([\d.]+) ms/i;
const triggerLine = /^\s*Trigger (\S.*?)(?: on \S+)?: time=([\d.]+) calls=\d+/;
/** Matches a property of the node above it, such as `  Workers Launched: 2` or `  Filter: (a > $0)`. */
const propertyLine = /^\s+([A-Z][A-Za-z ]*): (.+)$/;

type Open = { indent: number; node: Fields };

/** Reads plans as text. The indentation of a node, in columns, shows its parent. */
function fromText(lines: readonly string[]): Fields[] {
  const queries: Fields[] = [];
  let open: Open[] = [];
  let role: { indent: number; name: string } | null = null;
  for (const line of joined(lines)) {
    const made = nodeOf(line);
    const query = queries.at(-1);
    const [, , name] = roleLine.exec(line) ?? [];
    const [, label, time] = timeLine.exec(line) ?? [];
    const trigger = triggerLine.exec(line);
    if (made) {
      open = open.filter(({ indent }) => indent < made.indent);
      const around = open.at(-1);
      if (around) around.node.Plans = [...listOf(around.node.Plans), made.node];
      else queries.push({ Plan: made.node });
      if (role && around) made.node['Subplan Name'] = role.name;
      role = null;
      open.push(made);
    } else if (!query) continue;
    else if (name !== undefined) role = { indent: 0, name };
    else if (time !== undefined) query[/planning/i.test(label!) ? 'Planning Time' : 'Execution Time'] = Number(time);
    else if (trigger)
      query.Triggers = [...listOf(query.Triggers), { 'Trigger Name': trigger[1], Time: Number(trigger[2]) }];
    else {
      const [, key, text] = propertyLine.exec(line) ?? [];
      const last = open.at(-1)?.node;
      if (key !== undefined && last && !(key in last)) last[key] = /^\d+$/.test(text!) ? Number(text) : text;
    }
  }
  return queries;
}

/** Matches a line that ends inside the parenthesis of the costs or the times, perhaps in the middle of the parenthesis's first word. */
const cutOff = /\((?:cost|actual|never)[^)]*$|(?: {2}|\) )\((?:c|co|cos|a|ac|act|actu|actua|n|ne|nev|neve|never)?$/;

/** Matches the line of a node that ends before the parentheses of the costs and times. */
const nameAlone = /^\s*->(?!.*\((?:cost|actual|never))/;
const timesAlone = /^\s?\((?:cost|actual|never)\b/;
/** Patterns of lines that do not continue the line before. */
const beginsAnew = [/^\s*->/, /^\s*$/, propertyLine, roleLine, timeLine, triggerLine];

/** Joins nodes whose lines were wrapped: their times continue on the next line, perhaps in the middle of a number. */
function* joined(lines: readonly string[]): Generator<string> {
  let held = '';
  for (const [i, line] of lines.entries()) {
    const whole = held + line;
    const next = lines[i + 1] ?? '';
    const isOnlyName = nameAlone.test(whole) && !beginsAnew.some((pattern) => pattern.test(next));
    const isCut = (cutOff.test(whole) || isOnlyName || timesAlone.test(next)) && whole.length < 2000;
    held = isCut ? whole : '';
    if (!isCut) yield whole;
  }
  if (held !== '') yield held;
}

function nodeOf(line: string): Open | null {
  const [, before, name, total, rows, loops, never] = nodeLine.exec(line) ?? [];
  const [, beforePlan, planned] = name === undefined ? (plannedLine.exec(line) ?? []) : [];
  const text = name ?? planned;
  if (text === undefined) return null;
  const times =
    planned !== undefined || (total === undefined && !never)
      ? {}
      : {
          'Actual Total Time': Number(total ?? 0),
          'Actual Loops': Number(loops ?? 0),
          'Actual Rows': Number(rows ?? 0),
        };
  return { indent: (before ?? beforePlan)!.length, node: { ...described(text), ...times } };
}

/** The JSON fields of a node such as `Parallel Index Scan using orders_pkey on public.orders o`. */
function described(text: string): Fields {
  const [, parallel, type = text, index, relation, alias] =
    /^(Parallel )?(\S.*?)(?: Backward)?(?: using (\S+))?(?: on (\S+?)(?: (\S+))?)?$/.exec(text) ?? [];
  const isBitmap = /^Bitmap Index/.test(type);
  const names = isBitmap
    ? { 'Index Name': relation }
    : { 'Index Name': index, 'Relation Name': relation?.replace(/^.*\./, '') };
  const cte = type === 'CTE Scan' ? { 'CTE Name': relation } : {};
  return { 'Node Type': type, ...(parallel ? { 'Parallel Aware': true } : {}), ...names, ...cte, Alias: alias };
}

/** Whether a text holds a plan: JSON with a Plan, or a line of a node. */
export const looksLikePlan = (text: string): boolean =>
  /"Plan"\s*:\s*\{?/.test(text.slice(0, 20_000)) && /"Node Type"\s*:/.test(text)
    ? /^\s*(?:[[{|│║"+-┌╔]|QUERY PLAN|.*(?:LOG|plan):)/m.test(text)
    : text
        .split('\n', 400)
        .some(
          (line) =>
            nodeLine.test(unframed(line)) ||
            plannedLine.test(unframed(line)) ||
            /\(cost=\d.*$|\(actual time=/.test(line),
        );

import { type Format, field, listAt, type Row, type Stat } from './row.ts';

/**
 * EXPLAIN ANALYZE, in milliseconds. PostgreSQL: text, JSON, YAML or XML, also inside the table that psql draws. The statistics are
 * `execution_time` and `planning_time`. MySQL: text in the form of a tree. The first line of the tree contains the query's execution time,
 * which is the time until the last row. MariaDB: `ANALYZE FORMAT=JSON`. Several plans are averaged.
 */
export const explainAnalyze: Format = {
  writtenBy: '`EXPLAIN (ANALYZE)` of PostgreSQL, MySQL or MariaDB',
  samples: 'Append the plan of every execution to one file. Each plan is one sample.',
  fits: ({ text, json }) => plansIn(text, json).length > 0,
  read: ({ text, json }) => plansIn(text, json),
};

function plansIn(text: string, json: unknown): Row[] {
  const found = json === undefined ? fromText(text) : fromJson(json);
  return found.map((stats) => {
    for (const stat of Object.values(stats)) stat.samples = [stat.value];
    return { name: 'query', main: 'execution_time', stats };
  });
}

function fromJson(json: unknown): Record<string, Stat>[] {
  return (Array.isArray(json) ? listAt(json) : [json]).flatMap((plan) => {
    const execution = field(plan, 'Execution Time') ?? field(field(plan, 'query_block'), 'r_total_time_ms');
    const planning = field(plan, 'Planning Time');
    return typeof execution === 'number' ? [stats(execution, typeof planning === 'number' ? planning : undefined)] : [];
  });
}

/**
 * Matches a time and its name in text, YAML, XML, or the JSON inside a table of psql. Ignores case, because PostgreSQL 9 and 10 write
 * `time` in lower case.
 */
const timesCalled = (name: string) => new RegExp(`(?:${name})"?(?::|>) *([\\d.]+)`, 'gi');

function fromText(text: string): Record<string, Stat>[] {
  const planning = numbers(text, timesCalled('planning[- ]time'));
  const execution = numbers(text, timesCalled(executions));
  if (execution.length > 0) return execution.map((time, i) => stats(time, planning[i]));
  const roots = numbers(text, /^(?:EXPLAIN: |\| )?-> .*?\(actual time=[\d.e+-]+?\.\.([\d.e+]+) /gm);
  return roots.map((time) => stats(time, undefined));
}

/** The names that tools use for the execution time. PostgreSQL before 9.4 writes `total runtime`, and auto_explain logs a `duration`. */
const executions = 'execution[- ]time|total runtime|duration(?=: [\\d.]+ ms +plan:)';

const numbers = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, number]) => Number(number));

const stats = (execution: number, planning: number | undefined): Record<string, Stat> => ({
  execution_time: { value: execution, unit: 'ms' },
  ...(planning === undefined ? {} : { planning_time: { value: planning, unit: 'ms' } }),
});

import type { Format, Stat } from './row.ts';

type Plan = { 'Execution Time': number; 'Planning Time'?: number };

/**
 * EXPLAIN ANALYZE, in milliseconds. PostgreSQL: text or FORMAT JSON (`execution_time`, `planning_time`). MySQL: a tree, whose first line
 * holds the time until the last row of the whole query. Several plans are averaged.
 */
export const explainAnalyze: Format = (text) => {
  const found = text.trim().startsWith('[') ? fromJson(text) : fromText(text);
  return found.map((stats) => ({ name: 'query', main: 'execution_time', stats }));
};

function fromJson(text: string): Record<string, Stat>[] {
  return (JSON.parse(text) as Plan[]).map((plan) => ({
    execution_time: ms(plan['Execution Time']),
    ...(plan['Planning Time'] === undefined ? {} : { planning_time: ms(plan['Planning Time']) }),
  }));
}

function fromText(text: string): Record<string, Stat>[] {
  const planning = [...text.matchAll(/Planning Time: ([\d.]+) ms/g)].map(([, time]) => Number(time));
  const execution = [...text.matchAll(/Execution Time: ([\d.]+) ms/g)].map(([, time]) => Number(time));
  if (execution.length > 0) {
    return execution.map((time, i) => ({
      execution_time: ms(time),
      ...(planning[i] === undefined ? {} : { planning_time: ms(planning[i]) }),
    }));
  }
  const root = /^(?:EXPLAIN: )?-> .*?\(actual time=[\d.e+-]+?\.\.([\d.e+]+) /m.exec(text);
  return root ? [{ execution_time: ms(Number(root[1])) }] : [];
}

const ms = (value: number): Stat => ({ value, unit: 'ms' });

/**
 * Converts the OpenMetrics format to Prometheus' older text format, for clients that do not request OpenMetrics. In the older format, a
 * counter's family has the same name as its samples.
 */
export function textFormat(openMetrics: string): string {
  const counters = new Set([...openMetrics.matchAll(/^# TYPE (\w+) counter$/gm)].map(([, name]) => name!));
  return openMetrics
    .replace(/^# (UNIT .*|EOF)\n/gm, '')
    .replace(/^# (TYPE|HELP) (\w+) /gm, (line, what, name) => (counters.has(name) ? `# ${what} ${name}_total ` : line));
}

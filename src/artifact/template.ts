/**
 * Fills `{{name}}` in a template of ours or of the user's. A name without a value is an error, because a report with a hole
 * in it would be believed; a value that happens to hold `{{…}}` is not filled again.
 */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{\{\s*([a-z0-9_]+)\s*\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`the template asks for {{${name}}}, which this stage does not give`);
    return String(value);
  });
}

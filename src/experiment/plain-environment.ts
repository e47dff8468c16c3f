/** The user's environment as a measured command gets it in the user's own folder: nothing may tell it that it is measured. */
export function plainEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('PERF_GATE_') ? [] : [[name, value]],
    ),
  );
}

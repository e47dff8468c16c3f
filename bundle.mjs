/** Leaves out gray-matter's own engines: they evaluate JavaScript frontmatter and bring a second YAML parser. perf-gate replaces all of them. */
const withoutEngines = {
  name: 'without-frontmatter-engines',
  load: (id) => (/gray-matter[/\\]lib[/\\]engines\.js$/.test(id) ? 'module.exports = {};' : null),
};

/**
 * The entries of the bundle: the command line, the hooks of an agent's client, the library, and two programs that run as separate processes (the load generator, and the caller of a function).
 * The build and the third-party notices both read this. `checks.eval` is off because one package of the generator calls eval if it finds no zlib.
 */
export const bundle = {
  input: {
    cli: 'src/cli/index.ts',
    hook: 'src/cli/hook.ts',
    load: 'src/measure/service/generate.mjs',
    api: 'src/api/index.ts',
    'node-test': 'src/api/node-test.ts',
    matchers: 'src/api/matchers.ts',
    call: 'src/api/call.mjs',
  },
  platform: 'node',
  // optional peer dependencies: 19 MB that only the monitor on Node 20 needs (libsql), and two that only a fleet needs
  external: ['libsql', 'pg', 'pg-boss'],
  plugins: [withoutEngines],
  checks: { eval: false },
};

/** The page of the monitor: one browser script, which needs only its style sheet. */
export const page = { input: { page: 'src/monitor/page/index.ts' }, platform: 'browser' };

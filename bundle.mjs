/** gray-matter's own engines evaluate JavaScript frontmatter, and bring a second YAML parser. Ours replace all of them, so they stay out. */
const withoutEngines = {
  name: 'without-frontmatter-engines',
  load: (id) => (/gray-matter[/\\]lib[/\\]engines\.js$/.test(id) ? 'module.exports = {};' : null),
};

/**
 * The entries of the bundle: the command line, the hooks of an agent's client, the library, and two programs that are processes of their own: the load generator and what calls a function.
 * The third-party notices list the packages in it, so both read this. One package of the generator calls eval if it finds no zlib.
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
  // 19 MB that only the monitor on Node 20 needs, and what only a fleet needs: who wants them installs them
  external: ['libsql', 'pg', 'pg-boss'],
  plugins: [withoutEngines],
  checks: { eval: false },
};

/** The page of the monitor, one script for a browser: it needs no other file but its style. */
export const page = { input: { page: 'src/monitor/page/index.ts' }, platform: 'browser' };

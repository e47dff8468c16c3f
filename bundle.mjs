/** gray-matter's own engines evaluate JavaScript frontmatter, and bring a second YAML parser. Ours replace them all: they stay out. */
const withoutEngines = {
  name: 'without-frontmatter-engines',
  load: (id) => (/gray-matter[/\\]lib[/\\]engines\.js$/.test(id) ? 'module.exports = {};' : null),
};

/**
 * What goes into the bundle: the command line, what the hooks of an agent's client call, and the load generator, which is a process of
 * its own. The third-party notices
 * list what is found in it, so both read this. One package of the generator calls eval where it may not find zlib.
 */
export const bundle = {
  input: { cli: 'src/cli/index.ts', hook: 'src/cli/hook.ts', load: 'src/measure/service/generate.mjs' },
  platform: 'node',
  plugins: [withoutEngines],
  checks: { eval: false },
};

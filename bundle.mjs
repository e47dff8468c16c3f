/** gray-matter's own engines evaluate JavaScript frontmatter, and bring a second YAML parser. Ours replace them all: they stay out. */
const withoutEngines = {
  name: 'without-frontmatter-engines',
  load: (id) => (/gray-matter[/\\]lib[/\\]engines\.js$/.test(id) ? 'module.exports = {};' : null),
};

/** What goes into the bundle. The third-party notices list what is found in it, so both read this. */
export const bundle = { input: { cli: 'src/cli/index.ts' }, platform: 'node', plugins: [withoutEngines] };

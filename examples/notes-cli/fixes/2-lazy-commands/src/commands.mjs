/** A command is loaded when it is called. */
export const commands = {
  list: async () => (await import('./commands/list.mjs')).list(),
  search: async (words) => (await import('./commands/search.mjs')).search(words),
};

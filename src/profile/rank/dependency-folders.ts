/** Names of folders that hold dependencies, at any depth. */
export const dependencyFolders = new Set([
  'node_modules',
  'bower_components',
  '.yarn',
  '.pnpm-store',
  '.venv',
  'venv',
  'site-packages',
  'dist-packages',
  'vendor',
  'third_party',
]);

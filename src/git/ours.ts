/** True for everything in a `.perf-gate` folder, at any depth: it is neither measured, committed nor reverted. */
export function isOurs(path: string): boolean {
  return path.split('/').includes('.perf-gate');
}

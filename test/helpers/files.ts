import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder except `.git`: path → `100644 text`, `100755 text` or `120000 target`; an empty folder is `path/` → `''`. */
export function filesUnder(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (prefix: string) => {
    for (const name of readdirSync(join(root, prefix)).sort()) {
      if (name === '.git') continue;
      const path = prefix + name;
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) {
        const before = Object.keys(found).length;
        walk(`${path}/`);
        if (Object.keys(found).length === before) found[`${path}/`] = '';
      } else if (stat.isSymbolicLink()) found[path] = `120000 ${readlinkSync(join(root, path))}`;
      else if (stat.isFile())
        found[path] = `${stat.mode & 0o100 ? '100755' : '100644'} ${readFileSync(join(root, path), 'latin1')}`;
      else found[path] = 'special';
    }
  };
  walk('');
  return found;
}

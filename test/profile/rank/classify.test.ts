import { expect, test } from 'vitest';
import { classifyFrame } from '../../../src/profile/rank/classify.ts';

const roots = ['/home/me/app', '/arms/candidate'];
const classified = (file: string | null) => {
  const frame = classifyFrame({ function: 'f', file, line: 1, column: 1, kind: 'code' }, roots);
  return `${frame.kind} ${frame.file}`;
};

test.each([
  ['file:///home/me/app/src/a.js', 'project src/a.js'],
  ['file:///arms/candidate/src/a.js', 'project src/a.js'],
  ['file:///home/me/app/a%20b/%C3%A9.js', 'project a b/é.js'],
  ['file:///home/me/app/a.js?update=1', 'project a.js'],
  ['/home/me/app/src/a.py', 'project src/a.py'],
  ['./src/a.py', 'project src/a.py'],
  ['file:///home/me/app-two/a.js', 'dependency /home/me/app-two/a.js'],
  ['file:///home/me/app/node_modules/x/a.js', 'dependency node_modules/x/a.js'],
  ['file:///home/me/app/packages/p/node_modules/x/a.js', 'dependency packages/p/node_modules/x/a.js'],
  ['/home/me/app/.venv/lib/python3.12/json/decoder.py', 'dependency .venv/lib/python3.12/json/decoder.py'],
  ['/home/me/app/vendor/x/x.go', 'dependency vendor/x/x.go'],
  ['../other/a.js', 'dependency ../other/a.js'],
  ['https://example.org/a.js', 'dependency https://example.org/a.js'],
  ['node:internal/fs/utils', 'runtime node:internal/fs/utils'],
  ['<frozen importlib._bootstrap>', 'runtime <frozen importlib._bootstrap>'],
  ['evalmachine.<anonymous>', 'native evalmachine.<anonymous>'],
  ['wasm://wasm/7d3a1c', 'native wasm://wasm/7d3a1c'],
  [null, 'native null'],
])('%s is %s', (file, expected) => {
  expect(classified(file)).toBe(expected);
});

test.each([
  ['core::fmt::write', 'runtime'],
  ['<usize as core::fmt::Display>::fmt', 'runtime'],
  ['<&std::io::stdio::Stdout as std::io::Write>::write_fmt', 'runtime'],
  ['<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop', 'runtime'],
  ['<core::fmt::Formatter>::pad_integral', 'runtime'],
  ['core::ptr::drop_in_place<app::Row>', 'runtime'],
  ['<app::Row as core::fmt::Debug>::fmt', 'project'],
  ['<str as app::Parse>::parse', 'project'],
  ['app::main', 'project'],
  ['core::Engine::step', 'project'],
])('the symbol %s in a binary of the project is %s', (name, kind) => {
  const frame = {
    function: name,
    file: '/home/me/app/target/release/app',
    line: null,
    column: null,
    kind: 'code',
  } as const;
  expect(classifyFrame(frame, roots).kind).toBe(kind);
  // a source line says where the function is, whatever its name
  expect(classifyFrame({ ...frame, file: '/home/me/app/src/a.rs', line: 3 }, roots).kind).toBe('project');
});

test('kinds that a reader already knows stay', () => {
  const gc = { function: '(garbage collector)', file: null, line: null, column: null, kind: 'gc' } as const;
  expect(classifyFrame(gc, roots)).toBe(gc);
});

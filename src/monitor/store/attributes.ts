import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { MonitorEvent } from '../event.ts';
import type { Cell } from './driver.ts';

type Attributes = MonitorEvent['attributes'];

/** What most attributes are made of: it stands in for the text before them, so that short texts shrink too. Never change it. */
const DICTIONARY = Buffer.from(
  '"managed_only":"success_rate":"preventedContinuation":"subagent_type":"query_source":"repl_main_thread","effort":"high","speed":"normal","decision":"accept","source":"config","permission_mode":"default","error_type":"input_bytes":"result_bytes":{"model":"claude-","ttft_ms":"input_tokens":"output_tokens":"cache_read_tokens":"cache_creation_tokens":"cost_usd":0.0{"matched":"Bash","num_hooks":1,"num_success":1,"num_blocking":0,"num_non_blocking_error":0,"num_cancelled":0,"stdout_chars":0}',
);

/** A window that holds the dictionary and little more: by default, each text would cost a quarter of a megabyte of memory, until it is swept. */
const SMALL = { dictionary: DICTIONARY, level: 1, windowBits: 10, memLevel: 4 };

/** Nothing that the monitor writes is longer; a longer one is not the monitor's. */
const MOST_BYTES = 64 * 1024;

/** Attributes as a cell: null for none, JSON, or, compressed, its bytes. */
export function packed(attributes: Attributes, compress: boolean): Cell {
  const text = JSON.stringify(attributes);
  if (text === '{}') return null;
  return compress ? new Uint8Array(deflateRawSync(text, SMALL)) : text;
}

export function unpacked(cell: Cell): Attributes {
  if (cell === null) return {};
  const text =
    typeof cell === 'string'
      ? cell
      : inflateRawSync(cell as Uint8Array, { dictionary: DICTIONARY, maxOutputLength: MOST_BYTES }).toString();
  return JSON.parse(text) as Attributes;
}

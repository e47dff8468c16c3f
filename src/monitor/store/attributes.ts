import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { MonitorEvent } from '../event.ts';
import type { Cell } from './driver.ts';

type Attributes = MonitorEvent['attributes'];

/**
 * The dictionary of the compression. It contains texts that are common in attributes, so that even short texts shrink. It must never
 * change, because stored attributes are read with it.
 */
const DICTIONARY = Buffer.from(
  '"managed_only":"success_rate":"preventedContinuation":"subagent_type":"query_source":"repl_main_thread","effort":"high","speed":"normal","decision":"accept","source":"config","permission_mode":"default","error_type":"input_bytes":"result_bytes":{"model":"claude-","ttft_ms":"input_tokens":"output_tokens":"cache_read_tokens":"cache_creation_tokens":"cost_usd":0.0{"matched":"Bash","num_hooks":1,"num_success":1,"num_blocking":0,"num_non_blocking_error":0,"num_cancelled":0,"stdout_chars":0}',
);

/**
 * Options of the compression. A window of 2^10 bytes is large enough for the dictionary. With the default window, each text
 * would occupy 256 KB of memory until garbage collection.
 */
const SMALL = { dictionary: DICTIONARY, level: 1, windowBits: 10, memLevel: 4 };

/**
 * Decompressed attributes can have at most this number of bytes. The monitor never writes more, so a longer text was written by another
 * program.
 */
const MOST_BYTES = 64 * 1024;

/**
 * Converts attributes to the value of a database cell: null if there are no attributes, else JSON. If `compress` is true, the JSON is
 * compressed.
 */
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

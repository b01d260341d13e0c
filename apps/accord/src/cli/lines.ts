const NEWLINE = 0x0a;

/**
 * The lines of a stream, as bytes. Only a newline ends one: node:readline also breaks at U+2028, which a JSON text may
 * hold.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let begun: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line's text, or undefined where its bytes are no UTF-8: replaced letters would change somebody's name. */
export function textOf(line: Uint8Array): string | undefined {
  try {
    return decoder.decode(line);
  } catch {
    return undefined;
  }
}

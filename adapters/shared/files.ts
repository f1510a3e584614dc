import type { Downloaded } from '../../src/ports/platform.ts';

/**
 * A file in an HTTP answer, at most `most` bytes of it: refused by its declared length before a byte is read, and given
 * up as soon as more comes than was declared.
 */
export async function fileIn(response: Response, most: number): Promise<Downloaded> {
  const { body, headers } = response;
  if (Number(headers.get('content-length') ?? 0) > most) {
    await body?.cancel();
    return { kind: 'too-large' };
  }
  const bytes = await atMost(most, (body ?? []) as AsyncIterable<Uint8Array>);
  if (!bytes) return { kind: 'too-large' };
  const name = nameIn(headers.get('content-disposition') ?? '');
  return { kind: 'file', bytes, ...(name && { name }) };
}

/** All that comes, or nothing once it is more than `most` bytes; leaving the loop early cancels the rest. */
export async function atMost(most: number, pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const taken: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > most) return undefined;
    taken.push(piece);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of taken) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

/** The file's name in a Content-Disposition; raw UTF-8 arrives as Latin-1. */
function nameIn(disposition: string): string | undefined {
  const encoded = /filename\*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  try {
    if (encoded !== undefined) return plainName(decodeURIComponent(encoded.trim()));
    if (plain === undefined) return undefined;
    const bytes = Uint8Array.from(plain, (c) => c.charCodeAt(0));
    return plainName(
      plain.includes('%') ? decodeURIComponent(plain) : new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    );
  } catch {
    return undefined;
  }
}

/** What somebody called a file, fit to be shown: one line, without folders. */
export const plainName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .trim()
    .slice(-200);

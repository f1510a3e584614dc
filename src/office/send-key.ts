/** 40 hex digits, well within the 50 a key may have: the same text gives the same key, on every try. */
export async function keyFrom(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)]
    .slice(0, 20)
    .map((b) => b.toString(16).padStart(2, '0'))
    .join('');
}

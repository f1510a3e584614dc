/**
 * Letters, digits and the signs of ids and dates typed in full width, in half width; Chinese punctuation stays as people
 * wrote it.
 */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d\uff0f\uff0e\uff05]/g, (c) =>
      String.fromCharCode(c.charCodeAt(0) - 0xfee0),
    )
    .replace(/[\u3000\u00a0]/g, ' ');

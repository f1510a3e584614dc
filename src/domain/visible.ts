/**
 * Text without what nobody sees: control characters (tab and line breaks stay), zero-width ones, and those that turn the
 * direction of writing, with which a title could read otherwise than it is kept. Joiners within emoji stay.
 */
export const visible = (text: string): string =>
  text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g,
    '',
  );

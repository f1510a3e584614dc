import { XMLParser } from 'fast-xml-parser';

/**
 * The flat XML of the app's callbacks. Values stay text: a MsgId has more digits than a number holds, and “007” is a
 * text. No document types, hence no entities but the five of XML; what stands in CDATA is taken as it is.
 */
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, maxNestedTags: 10 });

/** What is inside `<xml>`, or nothing. Never throws. */
export function parseXml(text: string): unknown {
  const markup = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  if (markup.includes('<!')) return undefined;
  try {
    const parsed: unknown = parser.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'xml' in parsed ? parsed.xml : undefined;
  } catch {
    return undefined; // too deep, or a name that would reach into the prototype
  }
}

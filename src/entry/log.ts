/** One JSON line an event; never message texts, names or secrets. */
export function log(event: string, fields: Readonly<Record<string, unknown>> = {}): void {
  console.log(JSON.stringify({ at: new Date().toISOString(), event, ...fields }));
}

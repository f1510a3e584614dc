/** The SDK's warnings in our log; only their first words, as what follows may hold a message. */
export function sdkLogger(log: (level: 'warn' | 'error', text: string) => void) {
  const silent = () => {};
  return {
    debug: silent,
    info: silent,
    warn: (text: string) => log('warn', text.slice(0, 200)),
    error: (text: string) => log('error', text.slice(0, 200)),
  };
}

/**
 * Small things a platform must remember between two requests: an answer that waits to be fetched, the choices offered
 * last, how much of a long answer is out. Notes are JSON and expire; losing one costs a convenience, never a message.
 */
export interface Notebook {
  /** Replaces what stood under the key. */
  write(key: string, note: unknown, until: number): Promise<void>;
  /** The note as it was written, not yet trusted; nothing when there is none or it has expired. */
  read(key: string, now: number): Promise<unknown>;
  erase(key: string): Promise<void>;
}

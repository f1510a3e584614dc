/**
 * Where a search index is kept between two starts. It is made of segments, which never change and are named by their
 * content, and of a head that names those which count. Whoever reads must check what comes: it may be old or damaged.
 */
export interface SavedIndexes {
  /** The head as it was saved last; `null` when there is none. */
  head(owner: string): Promise<string | null>;
  /** The bytes of a segment; `null` when a piece of it is missing. */
  segment(owner: string, name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Keeps new segments, then the head. Segments that `names` leaves out go, but not those saved within the hour: another
   * process may have written them and be about to name them.
   * @param names every segment the head counts on, the new ones included.
   */
  save(
    owner: string,
    head: string,
    added: ReadonlyMap<string, Uint8Array>,
    names: readonly string[],
    now: number,
  ): Promise<void>;
}

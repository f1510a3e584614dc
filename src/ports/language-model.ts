/** A language model that fills a shape. It reads and words; it never decides. */
export interface LanguageModel {
  /**
   * @param prompt a file of `prompts/`, by name.
   * @returns what the model wrote, parsed as JSON and not yet trusted; `null` when it failed, was too slow or is off.
   */
  fill(prompt: PromptName, input: Readonly<Record<string, string>>): Promise<unknown>;
}

export type PromptName = 'read-question' | 'word-ruling';

import type { CardAction } from '../domain/message.ts';

/** Why a deed was not done, told to the person with who can or what to do; nothing is written. `code` is for us. */
export class Refusal extends Error {
  readonly code: string;
  readonly actions: readonly CardAction[];

  constructor(code: string, message: string, actions: readonly CardAction[] = []) {
    super(message);
    this.code = code;
    this.actions = actions;
  }
}

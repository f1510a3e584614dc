/** An error told twice: to the person in `message`, to us under a code that never changes its meaning. */
export class AppError extends Error {
  readonly code: string;
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503;
  /** For the log only: never shown, holds no secrets. */
  readonly detail: string | undefined;

  constructor(code: string, status: AppError['status'], message: string, detail?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

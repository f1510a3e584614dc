import type { Downloaded, HandedFile } from '../../src/ports/platform.ts';
import { fileIn } from '../shared/files.ts';
import { toAnswer, type Answer, type Fetch } from './api.ts';

/** A file of 20 MB over a slow line. */
const TIMEOUT_MS = 30_000;

/**
 * GET of a file: its bytes, or JSON with an errcode under the same HTTP 200 (获取临时素材, 90254).
 * @returns `body.file` is the {@link Downloaded}.
 */
export async function fetchFile(url: string, most: number, fetch: Fetch = globalThis.fetch): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const isFile =
      response.ok && !/^(?:application\/json|text\/plain)/.test(response.headers.get('content-type') ?? '');
    // A text file is sent as an attachment, an error is not.
    if (isFile || (response.ok && response.headers.has('content-disposition')))
      return { ok: true, body: { file: await fileIn(response, most) } };
    return toAnswer(response.status, await response.json().catch(() => undefined));
  } catch (error) {
    return toAnswer(0, { errmsg: error instanceof Error ? error.name : 'no answer' });
  }
}

export const downloadedIn = (answer: Extract<Answer, { ok: true }>): Downloaded => answer.body['file'] as Downloaded;

/** A file as WeCom's uploads take it: one part named `media`, with the file's name. */
export function formOf({ name, bytes }: HandedFile): FormData {
  const form = new FormData();
  form.append('media', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  return form;
}

/** The id under which an uploaded file is sent. */
export const mediaIdIn = (answer: Answer): string | undefined => {
  const id = answer.ok ? answer.body['media_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
};

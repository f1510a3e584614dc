import { useId, useRef, useState } from 'hono/jsx/dom';

const MOST_MB = 20;

export interface Chosen {
  readonly name: string;
  readonly base64: string;
}

const readFile = (file: File): Promise<Chosen> =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done({ name: file.name, base64: String(reader.result).split(',')[1] ?? '' }));
    reader.addEventListener('error', () => failed(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });

/** Where a file is handed over, in a direct chat: not everybody in a group may see it. */
export function Attach({ onFile }: { readonly onFile: (file: Chosen) => void }) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const chosen = async () => {
    const file = box.current!.files?.[0];
    if (!file) return;
    setProblem('');
    if (file.size > MOST_MB * 1024 * 1024) setProblem(`文件超过${MOST_MB} MB，发不了。`);
    else if (file.size === 0) setProblem('这个文件是空的。');
    else await readFile(file).then(onFile, () => setProblem('这个文件读不出来，请再选一次。'));
    box.current!.value = '';
  };
  return (
    <>
      <label class="attach" for={id}>
        <span>发文件</span>
      </label>
      <input id={id} ref={box} class="sr" type="file" onChange={() => void chosen()} />
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

import type { Said } from './history.ts';

const OWN = /^\/(?!\/)/;
/** Papers are made for their reader: a group's link is mine when I follow it. */
const forReader = (url: string, me: string): string => {
  const [path, query = ''] = url.split('?');
  const asked = new URLSearchParams(query);
  if (asked.has('from')) asked.set('from', me);
  return asked.size ? `${path}?${asked}` : path!;
};

/** Papers to hand over. Only this service's own files are linked. */
export const Files = ({ files, me }: { readonly files: NonNullable<Said['files']>; readonly me: string }) => (
  <div class="files">
    <span>下载</span>
    <ul>
      {files.map((f) => (
        <li key={f.url}>
          {OWN.test(f.url) ? (
            <a href={forReader(f.url, me)} download={f.name}>
              {f.name}
            </a>
          ) : (
            f.name
          )}
        </li>
      ))}
    </ul>
  </div>
);

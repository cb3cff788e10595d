/** Only places of this console: another host is nowhere to be sent to. */
export function localPath(next: string | null, otherwise = "/"): string {
  return next && /^\/(?![/\\])/.test(next) ? next : otherwise;
}

/** What this browser remembers between visits; a browser that forgets everything still works. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`proli.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`proli.${name}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

export function remembers(): boolean {
  remember("remembers", "1");
  return recall("remembers") === "1";
}

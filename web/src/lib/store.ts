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

/** What is the browser's own, whoever sits at it; everything else that is kept is somebody's. */
const OWN = ["theme", "language", "columns", "business", "remembers", "signedIn", "user", "leaving"];
const PREFIX = "proli.";

let whose = "";

/** What is kept from now on is this user's, and theirs alone is shown. */
export function belongTo(userId: number): void {
  whose = String(userId);
}

/** What a thing of the user's is called where things of all users are kept. */
export const nameOfMine = (name: string) => `of.${whose}.${name}`;

export const recallMine = (name: string) => recall(nameOfMine(name));

export const rememberMine = (name: string, value: string) =>
  value ? remember(nameOfMine(name), value) : forget(localStorageOrNone(), [PREFIX + nameOfMine(name)]);

/** Nothing that anybody has typed is left in this browser for whoever uses it next. */
export function forgetAll(): void {
  const own = new Set(OWN.map((name) => PREFIX + name));
  for (const store of [localStorageOrNone(), sessionStorageOrNone()]) {
    forget(
      store,
      namesIn(store).filter((name) => name.startsWith(PREFIX) && !own.has(name)),
    );
  }
}

function namesIn(store: Storage | null): string[] {
  if (!store) return [];
  return Array.from({ length: store.length }, (_, at) => store.key(at) ?? "");
}

function forget(store: Storage | null, names: string[]): void {
  for (const name of names) store?.removeItem(name);
}

function localStorageOrNone(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function sessionStorageOrNone(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

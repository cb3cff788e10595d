const UNDO_MS = 6000;
const FAILED_MS = 8000;

/** Toasts come when there is first something to say: a first page does without them. */
const sonner = async () => (await import("sonner")).toast;

export const say = (words: string) => void sonner().then((toast) => toast(words));

export const sayFailed = (words: string) =>
  void sonner().then((toast) => toast.error(words, { duration: FAILED_MS }));

const undoable = new Map<string, string | number>();

/** It has happened, and for six seconds it can be undone; of changes that build on one another (`of`), the last. */
export const sayUndoable = (words: string, undo: string, run: () => void, of?: string) =>
  void sonner().then((toast) => {
    const former = of && undoable.get(of);
    if (former) toast.dismiss(former);
    const id = toast(words, { duration: UNDO_MS, action: { label: undo, onClick: run } });
    if (of) undoable.set(of, id);
  });

/** What was said before is no longer so. */
export const unsay = () => void sonner().then((toast) => toast.dismiss());

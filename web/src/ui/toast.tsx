import { toast } from "sonner";

const UNDO_MS = 6000;

export const say = (words: string) => toast(words);
export const sayFailed = (words: string) => toast.error(words, { duration: 8000 });

/** It has happened, and for six seconds it can be undone. */
export const sayUndoable = (words: string, undo: string, run: () => void) =>
  toast(words, { duration: UNDO_MS, action: { label: undo, onClick: run } });

import type { ReactNode } from "react";
import { useRefusalWords } from "@/i18n/refusals";
import { cn } from "@/lib/cn";
import { sayFailed } from "./toast";

/** What went wrong, in red, where it happened. */
export function Alert({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <p role="alert" className={cn("rounded-control bg-red-soft p-3 text-red", className)}>
      {children}
    </p>
  );
}

/** What was refused, or failed otherwise; nothing where nothing did. */
export function Refused({ error, className }: { error: unknown; className?: string }) {
  const words = useRefusalWords();
  return error ? <Alert className={className}>{words(error)}</Alert> : null;
}

/** The same in a toast, for what was done in passing. */
export function useSayRefusal(): (error: unknown) => void {
  const words = useRefusalWords();
  return (error) => sayFailed(words(error));
}

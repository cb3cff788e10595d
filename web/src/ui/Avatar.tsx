import { cn } from "@/lib/cn";

/** The first letters of a name; decoration, as the name stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const letters = name
    .split(/\s+/)
    .filter((part) => /\p{L}/u.test(part))
    .slice(0, 2)
    .map((part) => Array.from(part)[0])
    .join("");
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-medium text-accent-text",
        className,
      )}
    >
      {letters || "·"}
    </span>
  );
}

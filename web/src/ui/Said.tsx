import { useNow, useWhen } from "@/app/clock";
import { cn } from "@/lib/cn";
import { sayPhone } from "@/lib/phone";
import { sayAgo, sayExactly, sayForWhen, sayWhen } from "@/lib/time";

interface Moment {
  at: string;
  /** Says for when something is meant: "להיום, 12:00". */
  asAim?: boolean;
  className?: string;
}

/** A moment as people say it, in the business's zone; the exact one on hover. */
export function When({ at, asAim = false, className }: Moment) {
  const { zone, language } = useWhen();
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={sayExactly(at, zone, language)}
      className={cn("tabular-nums whitespace-nowrap", className)}
    >
      {(asAim ? sayForWhen : sayWhen)(at, { zone, language, now })}
    </time>
  );
}

/** How long ago, in words. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const { zone, language } = useWhen();
  const now = useNow();
  return (
    <time
      dateTime={at}
      title={sayExactly(at, zone, language)}
      className={cn("tabular-nums whitespace-nowrap", className)}
    >
      {sayAgo(at, { language, now })}
    </time>
  );
}

/** A phone number that can be called; it reads the same in both directions. */
export function Phone({ e164, className }: { e164: string; className?: string }) {
  return (
    <a href={`tel:${e164}`} className={cn("tabular-nums whitespace-nowrap hover:underline", className)}>
      <bdi dir="ltr">{sayPhone(e164)}</bdi>
    </a>
  );
}

/** One line of what people wrote: it is cut at its own end, and stands where lines of the page begin. */
export function WordsLine({ children, className }: { children: string; className?: string }) {
  return (
    <span dir="auto" className={cn("words-line", className)}>
      {children}
    </span>
  );
}

/** What people wrote, in its own direction. */
export function Words({ children, className }: { children: string; className?: string }) {
  return (
    <span dir="auto" className={cn("[unicode-bidi:plaintext]", className)}>
      {children}
    </span>
  );
}

import { useNow, useWhen } from "@/lib/clock";
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

/** A phone number that can be called; it reads the same in both directions. Calling opens nothing that it stands in. */
export function Phone({ e164, className }: { e164: string; className?: string }) {
  return (
    <a
      href={`tel:${e164}`}
      onClick={(event) => event.stopPropagation()}
      className={cn("tabular-nums whitespace-nowrap hover:underline", className)}
    >
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

const LINK = /https?:\/\/[^\s<>"]+/gi;
const TRAILING = /[.,;:!?)\]}'’״]+$/;

/** The words with the web addresses in them apart; what ends a sentence is no part of its address. */
export function withLinks(words: string): { text: string; href: string | null }[] {
  const parts: { text: string; href: string | null }[] = [];
  let at = 0;
  for (const found of words.matchAll(LINK)) {
    const text = found[0].replace(TRAILING, "");
    if (!URL.canParse(text)) continue;
    if (found.index > at) parts.push({ text: words.slice(at, found.index), href: null });
    parts.push({ text, href: new URL(text).href });
    at = found.index + text.length;
  }
  if (at < words.length) parts.push({ text: words.slice(at), href: null });
  return parts;
}

/** What people wrote, with its web addresses to be followed: in a page of their own, which does not learn of ours. */
export function LinkedWords({ children, className }: { children: string; className?: string }) {
  return (
    <span dir="auto" className={cn("[unicode-bidi:plaintext]", className)}>
      {withLinks(children).map(({ text, href }, index) =>
        href ? (
          <a
            key={index}
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            dir="ltr"
            className="break-all underline underline-offset-2"
          >
            {text}
          </a>
        ) : (
          text
        ),
      )}
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

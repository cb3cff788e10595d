import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { he } from "@/i18n/he";
import { agent } from "@/i18n/he/agent";
import { When, Words } from "@/ui/Said";

type Names = keyof typeof agent.trace.name;
type Codes = keyof typeof agent.trace.code;
type Intent = keyof typeof he.words.intent;
type Urgency = keyof typeof he.words.urgency;
type Reason = keyof typeof he.words.attention;

/** What only machines go by; it stands in the record below. */
const UNSHOWN = new Set(["lead_id", "offer_id", "booking_id", "code", "kind", "agorot", "address_parts"]);
/** Names that a thing goes by when they are all that it has. */
const NAMING = new Set(["name", "label", "start"]);
/** The database keeps names by their length; people read what it is before how it ends. */
const FIRST = ["status", "reason", "words", "source", "start", "end"];
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const CODE = /^[a-z][a-z_]*$/;

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && !value.length) ||
  (typeof value === "object" && !Array.isArray(value) && shown(value).length === 0);

function shown(values: object): [string, unknown][] {
  const place = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return Object.entries(values)
    .filter(([name, value]) => !UNSHOWN.has(name) && !isEmpty(value))
    .sort(([one], [other]) => place(one) - place(other));
}

/** What a call was given or returned, in words, line by line; `none` where there is nothing to show. */
export function TraceValues({ values, none }: { values: Record<string, unknown>; none: string }) {
  const entries = shown(values);
  if (!entries.length) return <p className="text-ink-soft">{none}</p>;
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1">
      {entries.map(([name, value]) => (
        <Entry key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Entry({ name, value }: { name: string; value: unknown }) {
  const nameOf = useNameOf();
  return (
    <>
      <dt className="text-ink-soft">{nameOf(name)}</dt>
      <dd className="min-w-0 break-words">
        <Value name={name} value={value} />
      </dd>
    </>
  );
}

function useNameOf(): (name: string) => ReactNode {
  const { t } = useTranslation();
  return (name) =>
    name in agent.trace.name ? t(`agent.trace.name.${name as Names}`) : <Words>{name}</Words>;
}

/** What a code is called; null for what is none, or none that has a word. */
function useWordOf(): (said: string) => string | null {
  const { t } = useTranslation();
  return (said) => {
    if (!CODE.test(said)) return null;
    if (said in he.words.intent) return t(`words.intent.${said as Intent}`);
    if (said in he.words.urgency) return t(`words.urgency.${said as Urgency}`);
    if (said in he.words.attention) return t(`words.attention.${said as Reason}`);
    return said in agent.trace.code ? t(`agent.trace.code.${said as Codes}`) : null;
  };
}

function Value({ name, value }: { name: string; value: unknown }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const tradeName = useTradeName();
  const wordOf = useWordOf();
  if (value === true) return t("common.yes");
  if (typeof value === "number") return <bdi className="tabular-nums">{value.toLocaleString("en-US")}</bdi>;
  if (typeof value === "string") {
    if (MOMENT.test(value)) return <When at={value.replace(" ", "T")} />;
    if (name === "trade" || name === "trades") return tradeName(value);
    return wordOf(value) ?? <Words className="whitespace-pre-wrap">{value}</Words>;
  }
  if (Array.isArray(value)) {
    return (
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {value.map((one, index) => (
          <li key={index} className="not-last:after:content-[','] not-last:after:text-ink-soft">
            <Value name={name} value={one} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value !== "object" || value === null) return null;
  const entries = shown(value);
  const [first] = entries;
  if (entries.length === 1 && first && NAMING.has(first[0]))
    return <Value name={first[0]} value={first[1]} />;
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map(([inner, one]) => (
        <li key={inner}>
          <span className="text-ink-soft">{nameOf(inner)}: </span>
          <Value name={inner} value={one} />
        </li>
      ))}
    </ul>
  );
}

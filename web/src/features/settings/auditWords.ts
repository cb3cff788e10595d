import { useTranslation } from "react-i18next";
import { useProfessionals } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { he } from "@/i18n/he";
import { settings } from "@/i18n/he/settings";
import { useLanguage } from "@/i18n/language";
import { sayShekels } from "@/lib/money";
import { sayPhone } from "@/lib/phone";
import { same } from "@/lib/same";
import { dayName, isDate, sayDate, sayMinute } from "@/lib/time";

/** One value of an entry: as it is now, and as it was before if it was changed. */
interface Detail {
  /** The name of the group of values that this is one of, such as the rules of rest. */
  within: string | null;
  field: string;
  was?: unknown;
  is: unknown;
}

type Group = Record<string, unknown>;
const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isChange = (value: unknown): value is { was: unknown; is: unknown } =>
  isGroup(value) && "was" in value && "is" in value;

/** What the entry says, value by value; of a changed group only what differs, and nothing of what was left empty. */
export function detailsOf(details: Group): Detail[] {
  return Object.entries(details).flatMap(([field, value]): Detail[] => {
    if (!isChange(value)) return value === null ? [] : [{ within: null, field, is: value }];
    const { was, is } = value;
    if (!isGroup(is) || !isGroup(was)) return [{ within: null, field, was, is }];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((name) => !same(was[name], is[name]))
      .map((name) => ({ within: field, field: name, was: was[name], is: is[name] }));
  });
}

const FIELDS = settings.audit.field;
const isField = (name: string): name is keyof typeof FIELDS => name in FIELDS;
const SUBJECTS = settings.audit.subject;
const isSubject = (kind: string): kind is keyof typeof SUBJECTS => kind in SUBJECTS;
/** Hours of work, as pairs of minutes from midnight. */
const isSpans = (value: unknown): value is [number, number][] =>
  Array.isArray(value) && value.every((one) => Array.isArray(one) && one.length === 2);
const sayHours = (spans: [number, number][]) =>
  spans.map(([start, end]) => `${sayMinute(start)}–${sayMinute(end % 1440)}`).join(", ");
const isRole = (name: unknown): name is keyof typeof he.words.role =>
  typeof name === "string" && name in he.words.role;
const isWork = (name: unknown): name is keyof typeof settings.rest.work =>
  typeof name === "string" && name in settings.rest.work;
const SPECIAL_DAYS = /^(chol_hamoed|fasts|national|memorial)$/;
const CLOCKS = /^(eve_end|short_end|quiet_start|quiet_end)_minute$/;

/** Names and values of entries in words; those that are newer than this page stand as they are. */
export function useAuditWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  const tradeName = useTradeName();
  const { data: professionals = [] } = useProfessionals();
  const nameOf = (id: unknown) => professionals.find((one) => one.id === Number(id))?.name;
  const one = (name: string) => {
    if (/^[0-6]$/.test(name)) return dayName(Number(name), language);
    if (isField(name)) return t(`settings.audit.field.${name}`);
    return isDate(name) ? sayDate(name, language) : name;
  };
  return {
    /** What was changed: its kind, and whose or which it is where that is known. */
    subject: (subject: string, details: Group): string => {
      const [kind = "", id] = subject.split(":");
      const said = isSubject(kind) ? t(`settings.audit.subject.${kind}`) : kind;
      const named = kind === "professional" ? nameOf(id) : undefined;
      const label = named ?? details.label ?? details.name ?? details.email;
      if (typeof label === "string") return `${said}: ${label}`;
      if (id && isDate(id)) return `${said}: ${sayDate(id, language)}`;
      return id && /^\d+$/.test(id) ? `${said} ${id}` : said;
    },
    field: ({ within, field }: Detail) => (within ? `${one(within)}: ${one(field)}` : one(field)),
    value: (field: string, value: unknown): string => {
      if (value === null || value === undefined || value === "") return t("common.none");
      if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
      if (typeof value === "number" && field.endsWith("_agorot")) return sayShekels(value);
      if (typeof value === "number" && CLOCKS.test(field)) return sayMinute(value);
      if (typeof value === "string" && field.endsWith("_e164")) return sayPhone(value);
      if (SPECIAL_DAYS.test(field) && isWork(value)) return t(`settings.rest.work.${value}`);
      if (field === "role" && isRole(value)) return t(`words.role.${value}`);
      if (field === "professional_id") return nameOf(value) ?? t("common.unknown");
      if (field === "trade") return tradeName(String(value));
      if (isSpans(value)) return value.length ? sayHours(value) : t("settings.audit.closed");
      if (Array.isArray(value)) return value.map((item) => tradeName(String(item))).join(", ");
      return typeof value === "string" ? value : JSON.stringify(value);
    },
  };
}

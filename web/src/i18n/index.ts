import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { recall, remember } from "@/lib/store";
import type { Language } from "@/lib/time";
import { he } from "./he";
import { LATER, type Part } from "./later";

const namespace = "translation";

const direction = (language: Language) => (language === "he" ? "rtl" : "ltr");

const opened = new Set<Part>();

/** The words of a page that is about to be opened, in the language of the page. */
export async function loadPart(part: Part): Promise<void> {
  opened.add(part);
  await startWords();
  await addPart(part, i18next.language === "en" ? "en" : "he");
}

async function addPart(part: Part, language: Language): Promise<void> {
  i18next.addResourceBundle(language, namespace, { [part]: await LATER[part][language]() }, true);
}

/** English comes only to those who read it. */
async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, namespace)) {
    const { en } = await import("./en");
    i18next.addResourceBundle(language, namespace, en);
  }
  await Promise.all([...opened].map((part) => addPart(part, language)));
}

function show(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = direction(language);
}

export async function setLanguage(language: Language): Promise<void> {
  remember("language", language);
  if (i18next.language === language) return;
  await load(language);
  await i18next.changeLanguage(language);
  show(language);
}

const rememberedLanguage = (): Language => (recall("language") === "en" ? "en" : "he");

let started: Promise<void> | undefined;

/** The words of the language that was chosen last; asked for again, the same. */
export function startWords(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  const language = rememberedLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "he",
    resources: { he: { [namespace]: he } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load(language);
  await i18next.changeLanguage(language);
  show(language);
}

import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { recall, remember } from "@/lib/store";
import type { Language } from "@/lib/time";
import { he } from "./he";

export const namespace = "translation";

const direction = (language: Language) => (language === "he" ? "rtl" : "ltr");

/** English comes only to those who read it. */
async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, namespace)) return;
  const { en } = await import("./en");
  i18next.addResourceBundle(language, namespace, en);
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

export const rememberedLanguage = (): Language => (recall("language") === "en" ? "en" : "he");

export async function startWords(): Promise<void> {
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

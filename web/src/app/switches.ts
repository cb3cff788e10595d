import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, keepToken, told } from "@/api/client";
import { setLanguage } from "@/i18n";
import { remember } from "@/lib/store";
import type { Language } from "@/lib/time";
import { SIGN_OUT, startLeaving } from "@/session/leaving";
import { ME } from "@/session/me";

/** What a person switches from anywhere: theme, language, being here at all. */
export function useSwitches() {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [dark, setDark] = useState(() => document.documentElement.classList.contains("dark"));

  const toggleTheme = () => {
    document.documentElement.classList.toggle("dark", !dark);
    remember("theme", dark ? "light" : "dark");
    setDark(!dark);
  };

  const switchLanguage = () => {
    const language: Language = i18n.language === "en" ? "he" : "en";
    void setLanguage(language);
    void told(api.PATCH("/api/me", { body: { language } }))
      .then((me) => client.setQueryData(ME, keepToken(me)))
      .catch(() => undefined);
  };

  const signOut = () => {
    startLeaving();
    // what the page shows is forgotten once it is left: while it stands it would ask for all of it again
    void Promise.resolve(navigate(SIGN_OUT, { replace: true })).finally(() => client.clear());
  };

  return { dark, toggleTheme, switchLanguage, signOut };
}

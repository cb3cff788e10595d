// Before the first paint: the theme and the language that were chosen last.
const stored = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
const theme = stored("proli.theme");
const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.classList.toggle("dark", dark);
const language = stored("proli.language") === "en" ? "en" : "he";
document.documentElement.lang = language;
document.documentElement.dir = language === "he" ? "rtl" : "ltr";

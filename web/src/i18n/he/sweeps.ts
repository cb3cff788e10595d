/** What the sweeps are called. */
export const sweeps = {
  offers: "הצעות שזמנן עבר",
  holds: "שעות שנשמרו לחינם",
  unanswered: "הודעות בלי מענה",
  sends: "הודעות שלא יצאו",
  leads: "פניות שעומדות במקום",
  in_question: "ביקורים שאיש המקצוע לא עובד אז",
  visits: "ביקורים שלא עודכן איך הסתיימו",
  digest: "סיכום יומי לצוות",
  numbers: "מספרים לא פעילים",
  models: "מודלים שלא עונים",
  agenda: "סדר היום לאנשי המקצוע",
  week: "סיכום שבועי לאנשי המקצוע",
};

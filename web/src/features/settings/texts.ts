import type { Schemas } from "@/api/client";
import { settings } from "@/i18n/he/settings";
import type { Language } from "@/lib/time";

export type Text = Schemas["TextOut"];
export type Code = keyof typeof settings.text;
type Value = keyof typeof settings.value;

/** Who hears which text, and when. */
export const GROUPS = {
  conversation: [
    "hello",
    "thanks",
    "thanks_name",
    "got_it",
    "updated",
    "noted",
    "not_understood",
    "send_text",
    "media_failed",
    "resend",
    "unsupported",
    "missed_call",
    "which_city",
    "unknown_city",
    "ambiguous_time",
    "no_fact",
    "off_topic",
    "wrong_number",
    "opted_out",
  ],
  booking: [
    "offer_times",
    "time_line",
    "no_times_wish",
    "no_times",
    "looking_faster",
    "asked_professional",
    "asked_later",
    "waiting",
    "booked",
    "new_time",
    "cancelled",
    "nothing_to_cancel",
    "price_of_what",
    "price_lines",
    "price_line",
    "no_price",
  ],
  person: [
    "handed_over",
    "not_our_trade",
    "with_team",
    "team_calls",
    "complaint_taken",
    "callback_promised",
    "agent_failed",
    "danger_life",
    "danger_property",
  ],
  visit: [
    "visit_confirmed",
    "visit_link",
    "reminder_day",
    "reminder_hours",
    "on_the_way",
    "visit_done",
    "rate_link",
    "visit_cancelled_customer",
    "nobody_left",
    "nobody_left_times",
    "nobody_left_none",
  ],
  professional: [
    "offer",
    "offer_urgent",
    "button_approve",
    "button_decline",
    "offer_accepted",
    "meeting_booked",
    "offer_declined",
    "offer_already_accepted",
    "offer_already_declined",
    "offer_too_late",
    "offer_withdrawn",
    "which_offer",
    "offer_still_open",
    "no_offer",
    "visit_cancelled_professional",
    "visit_moved_professional",
    "visit_rescheduled_professional",
    "jobs_today",
    "jobs_none",
    "job_line",
    "on_my_way_noted",
    "on_my_way_already",
    "done_noted",
    "no_visit_now",
    "professional_help",
  ],
  staff: [
    "staff_alert",
    "reason_complaint",
    "reason_callback",
    "reason_human_asked",
    "reason_nobody_fits",
    "reason_not_our_trade",
    "reason_nobody_left",
    "reason_danger",
    "reason_agent_failed",
    "reason_stuck",
    "number_test",
  ],
} satisfies Record<string, Code[]>;

export type Group = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as Group[];

export const isNamed = (code: string): code is Code => code in settings.text;
export const isValue = (name: string): name is Value => name in settings.value;

const SAMPLES: Record<Language, Record<string, string>> = {
  he: {
    urgent: "דחוף! ",
    issue: "נזילה מתחת לכיור",
    place: "גבעתיים",
    when: "מחר ב־16:00",
    until: "10:45",
    description: "מים מטפטפים מאתמול בערב",
    address: "ויצמן 14, גבעתיים",
    customer: "נועה לוי",
    phone: "052-765-4321",
    offers: "1. נזילה, מחר 16:00\n2. סתימה, ד׳ 09:00",
    example: "1",
    jobs: "09:00 · נזילה · ויצמן 14, גבעתיים",
    time: "16:00",
    professional: "יוסי כהן",
    trade: "אינסטלציה",
    times: "מחר ב־16:00 או ביום ד׳ ב־09:00",
    link: "https://proli.example/v/7Kd2",
    reason: "ביקשו שיחה חוזרת",
    request: "נזילה מתחת לכיור, גבעתיים",
    details: "נזילה, גבעתיים, מחר אחר הצהריים",
    name: "נועה",
    number: "1",
    asked_when: "מחר ב־08:00",
    prices: "ביקור ואבחון: ₪250",
    label: "ביקור ואבחון",
    price: "₪250",
    city: "גבעתים",
    cities: "רמת גן או רמת השרון",
  },
  en: {
    urgent: "Urgent! ",
    issue: "a leak under the sink",
    place: "Givatayim",
    when: "tomorrow at 16:00",
    until: "10:45",
    description: "Water has been dripping since last night",
    address: "14 Weizmann, Givatayim",
    customer: "Noa Levi",
    phone: "052-765-4321",
    offers: "1. Leak, tomorrow 16:00\n2. Blocked drain, Wed 09:00",
    example: "1",
    jobs: "09:00 · leak · 14 Weizmann, Givatayim",
    time: "16:00",
    professional: "Yossi Cohen",
    trade: "plumbing",
    times: "tomorrow at 16:00 or Wednesday at 09:00",
    link: "https://proli.example/v/7Kd2",
    reason: "a call back was asked for",
    request: "A leak under the sink, Givatayim",
    details: "leak, Givatayim, tomorrow afternoon",
    name: "Noa",
    number: "1",
    asked_when: "tomorrow at 08:00",
    prices: "Visit and diagnosis: ₪250",
    label: "Visit and diagnosis",
    price: "₪250",
    city: "Givataim",
    cities: "Ramat Gan or Ramat HaSharon",
  },
};

/** The words as they would arrive, with samples in place of the values. A doubled brace is a plain one. */
export function sampled(words: string, language: Language, business: string): string {
  return words
    .replace(/\{\{|\}\}|\{([^{}]*)\}/g, (found, name: string | undefined) => {
      if (name === undefined) return found.charAt(0);
      return name === "business" ? business : (SAMPLES[language][name] ?? found);
    })
    .trim();
}

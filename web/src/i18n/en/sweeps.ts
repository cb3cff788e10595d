export const sweeps = {
  offers: "Offers past their time",
  holds: "Hours held for nothing",
  unanswered: "Messages without an answer",
  sends: "Messages that did not go out",
  leads: "Requests that stand still",
  in_question: "Visits whose professional is away",
  visits: "Visits with no outcome told",
  digest: "Daily digest to staff",
  numbers: "Numbers that are down",
  models: "Models that do not answer",
  agenda: "Professionals' day",
  week: "Professionals' week",
};

import { Link, useNavigate, useSearchParams } from "react-router";
import { CallBadge, CallDirection } from "@/domain/CallBadge";
import { type Call, talkedFor, useCallerWords } from "@/domain/calls";
import { useWhen } from "@/lib/clock";
import { saySpan } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Ago, Phone, When, Words, WordsLine } from "@/ui/Said";

/** Where a call opens, with the list as it is. */
export function useWayTo(call: Call) {
  const { slug } = useBusiness();
  const [query] = useSearchParams();
  return { pathname: `/b/${slug}/calls/${call.id}`, search: query.toString() };
}

/** A row that opens its call wherever it is pressed; from the keyboard by the name of who called. */
export function CallRow({ call }: { call: Call }) {
  const who = useCallerWords();
  const way = useWayTo(call);
  const navigate = useNavigate();
  return (
    <tr
      className="h-12 cursor-pointer border-b border-line hover:bg-sunken"
      onClick={() => void navigate(way)}
    >
      <td className="px-3">
        <span className="flex min-w-0 items-center gap-2">
          <CallDirection call={call} />
          <Link
            to={way}
            onClick={(event) => event.stopPropagation()}
            className="min-w-0 truncate font-medium hover:underline"
          >
            <Words>{who(call)}</Words>
          </Link>
        </span>
      </td>
      <td className="px-3">{call.phone && call.name ? <Phone e164={call.phone} /> : null}</td>
      <td className="px-3">
        <CallBadge call={call} />
      </td>
      <td className="px-3">
        <WordsLine>{call.summary}</WordsLine>
      </td>
      <td className="px-3 text-ink-soft tabular-nums">
        <Length call={call} />
      </td>
      <td className="px-3">
        <When at={call.started_at} className="text-ink-soft" />
      </td>
    </tr>
  );
}

/** The same on a phone. */
export function CallCard({ call }: { call: Call }) {
  const who = useCallerWords();
  const way = useWayTo(call);
  return (
    <li>
      <Link to={way} className="flex flex-col gap-1 px-3 py-2.5 focus-visible:-outline-offset-2">
        <span className="flex items-center gap-2">
          <CallDirection call={call} />
          <Words className="min-w-0 truncate font-medium">{who(call)}</Words>
          <span className="ms-auto">
            <CallBadge call={call} />
          </span>
        </span>
        <span className="flex items-center gap-2 text-sm text-ink-soft">
          <WordsLine className="min-w-0 grow">{call.summary}</WordsLine>
          <Length call={call} />
          <When at={call.started_at} />
        </span>
      </Link>
    </li>
  );
}

/** How long was talked, or how long it lasts by now. */
export function Length({ call }: { call: Call }) {
  const { language } = useWhen();
  if (!call.ended_at) return <Ago at={call.connected_at ?? call.started_at} />;
  const seconds = talkedFor(call);
  return seconds ? (
    <span className="whitespace-nowrap tabular-nums">{saySpan(seconds, language)}</span>
  ) : null;
}

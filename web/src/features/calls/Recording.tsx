import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useWhen } from "@/lib/clock";
import { saySpan } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Refused } from "@/ui/Refused";

export type Sound = Schemas["CallSoundOut"];

/** What plays the recordings of a call, by their lines. */
export type Players = RefObject<Map<number, HTMLAudioElement>>;

interface Props {
  callId: number;
  sound: Sound;
  players: Players;
  /** Hears which moment is being played, in milliseconds since 1970. */
  onTime: (at: number) => void;
}

/** The recording of one line of a call. It is loaded when somebody wants to listen, as that is put on record. */
export function Recording({ callId, sound, players, onTime }: Props) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const [wanted, setWanted] = useState(false);
  const { url, error, isFetching } = useSound(callId, sound.stream_id, wanted);
  const player = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const all = players.current;
    if (player.current) all.set(sound.stream_id, player.current);
    return () => {
      all.delete(sound.stream_id);
    };
  });
  if (!url)
    return (
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm" busy={isFetching} onClick={() => setWanted(true)}>
          <Play className="size-4" />
          {t("calls.listen")} · {saySpan(sound.length_ms / 1000, language)}
        </Button>
        <Refused error={error} />
      </div>
    );
  const began = Date.parse(sound.began_at);
  return (
    <audio
      ref={player}
      controls
      autoPlay
      src={url}
      aria-label={t("calls.recordings")}
      className="h-10 w-full max-w-xl"
      onTimeUpdate={({ currentTarget }) => onTime(began + currentTarget.currentTime * 1000)}
    />
  );
}

/** The address of the sound within this page, once it is here. */
function useSound(callId: number, streamId: number, wanted: boolean) {
  const { slug } = useBusiness();
  const { data, error, isFetching } = useQuery({
    queryKey: [slug, "sound", callId, streamId],
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () =>
      told<Blob>(
        api.GET("/api/businesses/{slug}/calls/{call_id}/recordings/{stream_id}", {
          params: { path: { slug, call_id: callId, stream_id: streamId } },
          parseAs: "blob",
        }),
      ),
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return { url, error, isFetching };
}

/** Plays from that moment on, if its recording is loaded. */
export function playFrom(players: Players, sounds: Sound[], at: number): void {
  for (const { stream_id, began_at, length_ms } of sounds) {
    const player = players.current.get(stream_id);
    const into = at - Date.parse(began_at);
    if (!player || into < 0 || into > length_ms) continue;
    for (const other of players.current.values()) if (other !== player) other.pause();
    player.currentTime = into / 1000;
    void player.play();
    return;
  }
}
